// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Button } from './button.tsx';
import { type Answer, useConfirm } from './confirm.tsx';
import { Cover } from './cover.tsx';
import { DataTable } from './data-table.tsx';
import { Dialog } from './dialog.tsx';
import { DateField, FormError, PhoneField, SelectField, TextField } from './fields.tsx';
import { useKeys } from './keys.ts';
import { KeysOverlay } from './keys-overlay.tsx';
import { UiProvider } from './ui-provider.tsx';
import { useForm } from './use-form.ts';

beforeEach(() => {
  // Mantine watches sizes; there is no layout here to watch.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(cleanup);

const type = (label: string, value: string) => {
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value } });
  fireEvent.blur(field);
};
const key = (name: string, more: object = {}) => fireEvent.keyDown(document.body, { key: name, ...more });

const schema = z.object({ name: z.string().min(1), on: z.iso.date(), phone: z.string().startsWith('+') });

function Form({ send }: { send: (value: unknown) => unknown }) {
  const form = useForm({ schema, initial: { name: '', on: '', phone: '' }, onSubmit: send });
  return (
    <form onSubmit={form.submit}>
      <FormError form={form} />
      <TextField form={form} path="name" label="Name" />
      <DateField form={form} path="on" label="On" today="2026-11-23" />
      <PhoneField form={form} path="phone" label="Phone" />
      <button type="submit">Send</button>
      {form.dirty && <p>changed</p>}
    </form>
  );
}

const renderForm = (send: (value: unknown) => unknown) =>
  render(<Form send={send} />, { wrapper: UiProvider });

test('what is typed loosely is shown in full and sent exactly', async () => {
  const send = vi.fn();
  renderForm(send);
  type('Name', 'x');
  type('On', '3/4/27');
  type('Phone', '555 010 2233');
  expect(screen.getByLabelText<HTMLInputElement>('On').value).toBe('03/04/2027');
  expect(screen.getByLabelText<HTMLInputElement>('Phone').value).toBe('(555) 010-2233');
  expect(screen.getByText('changed')).toBeTruthy();
  await act(async () => fireEvent.click(screen.getByText('Send')));
  expect(send.mock.calls[0]?.[0]).toEqual({ name: 'x', on: '2027-03-04', phone: '+15550102233' });
  expect(screen.queryByText('changed')).toBeNull();
});

test('a try with gaps sends nothing, says what is missing and goes to the first gap', async () => {
  const send = vi.fn();
  renderForm(send);
  type('On', 'soon');
  expect(screen.getByText('Type month, day and year, like 03/14/1961.')).toBeTruthy();
  await act(async () => fireEvent.click(screen.getByText('Send')));
  expect(send).not.toHaveBeenCalled();
  expect(screen.getAllByText('Please fill this in.')).toHaveLength(2);
  expect(document.activeElement).toBe(screen.getByLabelText('Name'));
});

test('a refusal of the server stands above the form and at its field, until that field changes', async () => {
  renderForm(() => {
    throw Object.assign(new Error('Taken until 10:30.'), { detail: { fields: { phone: 'Known already.' } } });
  });
  type('Name', 'x');
  type('On', '3/4/27');
  type('Phone', '5550102233');
  await act(async () => fireEvent.click(screen.getByText('Send')));
  expect(screen.getByRole('alert').textContent).toBe('Taken until 10:30.');
  expect(document.activeElement).toBe(screen.getByLabelText('Phone'));
  type('Phone', '5550102234');
  expect(screen.queryByText('Known already.')).toBeNull();
});

test('a button that is off says why and does nothing, and keeps its place for Tab', () => {
  const run = vi.fn();
  render(
    <Button disabledReason="Choose a time first." onClick={run}>
      Book
    </Button>,
    { wrapper: UiProvider },
  );
  const button = screen.getByRole('button', { name: 'Book', description: 'Choose a time first.' });
  fireEvent.click(button);
  expect(run).not.toHaveBeenCalled();
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(button.hasAttribute('disabled')).toBe(false);
});

function Keyed({ run }: { run: (what: string) => void }) {
  const [open, setOpen] = useState(false);
  useKeys({
    n: { label: 'new', run: () => run('n') },
    'ctrl+k': { label: 'search', inFields: true, run: () => run('search') },
    d: () => setOpen(true),
  });
  return (
    <>
      <input aria-label="Text" />
      <Dialog opened={open} onClose={() => setOpen(false)} title="Open">
        inside
      </Dialog>
      <KeysOverlay />
    </>
  );
}

test('keys rest while someone types, but for those that are meant there; a dialog silences the page', async () => {
  const run = vi.fn();
  render(<Keyed run={run} />, { wrapper: UiProvider });
  key('n');
  fireEvent.keyDown(screen.getByLabelText('Text'), { key: 'n' });
  fireEvent.keyDown(screen.getByLabelText('Text'), { key: 'k', ctrlKey: true });
  expect(run.mock.calls.flat()).toEqual(['n', 'search']);
  await act(async () => key('d'));
  expect(screen.getByText('inside')).toBeTruthy();
  key('n');
  expect(run).toHaveBeenCalledTimes(2);
});

test('the question mark lists the keys of this page', async () => {
  render(<Keyed run={() => {}} />, { wrapper: UiProvider });
  await act(async () => key('?', { shiftKey: true }));
  expect(screen.getByText('On this page')).toBeTruthy();
  expect(screen.getByText('Ctrl K')).toBeTruthy();
  expect(screen.getByText('search')).toBeTruthy();
});

type AsksProps = { answered: (answer: Answer) => void; run?: (reason: string) => Promise<unknown> };

function Asks({ answered, run }: AsksProps) {
  const ask = useConfirm();
  const reason = { label: 'Why?', required: true, usual: ['Called'] };
  return (
    <Button onClick={() => void ask({ title: 'Sure?', confirmLabel: 'Yes', reason, run }).then(answered)}>
      Ask
    </Button>
  );
}

test('a question with a reason is answered only with one', async () => {
  const answered = vi.fn();
  render(<Asks answered={answered} />, { wrapper: UiProvider });
  await act(async () => fireEvent.click(screen.getByText('Ask')));
  await act(async () => fireEvent.click(screen.getByText('Yes')));
  expect(answered).not.toHaveBeenCalled();
  await act(async () => fireEvent.click(screen.getByText('Called')));
  await act(async () => fireEvent.submit(screen.getByText('Yes').closest('form')!));
  expect(answered).toHaveBeenCalledWith({ reason: 'Called' });
});

test('a question stands until what it asks about went well, and keeps its reason', async () => {
  const run = vi.fn().mockRejectedValueOnce(new Error('The office did not answer.'));
  const answered = vi.fn();
  render(<Asks answered={answered} run={run} />, { wrapper: UiProvider });
  await act(async () => fireEvent.click(screen.getByText('Ask')));
  await act(async () => fireEvent.change(screen.getByLabelText(/Why/), { target: { value: 'By phone' } }));
  const send = () => act(async () => fireEvent.submit(screen.getByText('Yes').closest('form')!));
  await send();
  expect(screen.getByRole('alert').textContent).toBe('The office did not answer.');
  expect(answered).not.toHaveBeenCalled();
  await send();
  expect(run.mock.calls).toEqual([['By phone'], ['By phone']]);
  expect(answered).toHaveBeenCalledWith({ reason: 'By phone' });
});

test('a cover hides all that stands below, dialogs too, and closes none of them', async () => {
  const below = (covered: boolean) => (
    <UiProvider>
      <Dialog opened onClose={onClose} title="Open">
        <input aria-label="Typed" data-autofocus />
      </Dialog>
      {covered && (
        <Cover label="Locked">
          <input aria-label="Password" />
        </Cover>
      )}
    </UiProvider>
  );
  const onClose = vi.fn();
  const { rerender } = render(below(false));
  const typed = screen.getByLabelText('Typed');
  act(() => typed.focus());
  rerender(below(true));
  fireEvent.keyDown(screen.getByLabelText('Password'), { key: 'Escape' });
  expect(onClose).not.toHaveBeenCalled();
  expect(typed.closest('[data-covered]')).toBeTruthy();
  rerender(below(false));
  expect(typed.closest('[data-covered]')).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(typed));
  fireEvent.keyDown(typed, { key: 'Escape' });
  expect(onClose).toHaveBeenCalledOnce();
});

test('rows of a table are walked by arrow keys and opened by Enter', () => {
  const onOpen = vi.fn();
  const columns = [{ id: 'n', header: 'Name', cell: (row: string) => row }];
  render(
    <DataTable label="Rows" columns={columns} rows={['a', 'b', 'c']} rowKey={(row) => row} onOpen={onOpen} />,
  );
  const rows = screen.getAllByRole('row').slice(1);
  expect(rows.map((row) => row.tabIndex)).toEqual([0, -1, -1]);
  act(() => rows[0]!.focus());
  fireEvent.keyDown(document.activeElement!, { key: 'End' });
  fireEvent.keyDown(document.activeElement!, { key: 'ArrowUp' });
  fireEvent.keyDown(document.activeElement!, { key: 'Enter' });
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('b');
});

const sexes = ['Female', 'Male', 'Unknown'].map((label) => ({ value: label.toLowerCase(), label }));

function SexForm({ sex, show }: { sex: string; show: (values: unknown) => void }) {
  const form = useForm({
    schema: z.object({ sex: z.string() }),
    initial: { sex },
    onSubmit: () => undefined,
  });
  show(form.values);
  return <SelectField form={form} path="sex" label="Sex" choices={sexes} searchable />;
}

test.each([
  ['what fits what was typed, before the list has marked it', '', 'mal', {}, 'female'],
  ['nothing where nothing was typed', '', undefined, {}, ''],
  ['nothing when Ctrl Enter sends the form', '', 'mal', { ctrlKey: true }, ''],
  ['nothing else where the words are those of the choice', 'male', undefined, {}, 'male'],
])('Enter in an open list takes %s', async (_case, sex, text, held, after) => {
  const show = vi.fn();
  render(<SexForm sex={sex} show={show} />, { wrapper: UiProvider });
  const field = screen.getByRole('combobox', { name: 'Sex' });
  act(() => field.focus());
  fireEvent.click(field);
  if (text) fireEvent.change(field, { target: { value: text } });
  // The list marks its first a moment after typing; this hand is quicker.
  document.querySelector('[data-combobox-selected]')?.removeAttribute('data-combobox-selected');
  field.setAttribute('aria-expanded', 'true');
  fireEvent.keyDown(field, { key: 'Enter', ...held });
  expect(show).toHaveBeenLastCalledWith({ sex: after });
});

const Hours = z.object({ from: z.string(), week: z.object({ most: z.string(), note: z.string() }) });

function HoursForm({ kept, version }: { kept: z.output<typeof Hours>; version: number }) {
  const form = useForm({ schema: Hours, initial: kept, version, onSubmit: () => undefined });
  return (
    <>
      <TextField form={form} path="from" label="From" />
      <TextField form={form} path="week.most" label="Most" />
      <TextField form={form} path="week.note" label="Remark" />
    </>
  );
}

test('what a colleague saved meanwhile appears where nothing was typed, and takes nothing that was', () => {
  const kept = { from: '8', week: { most: '3', note: '' } };
  const { rerender } = render(<HoursForm kept={kept} version={1} />, { wrapper: UiProvider });
  const shown = () =>
    ['From', 'Most', 'Remark'].map((name) => (screen.getByLabelText(name) as HTMLInputElement).value);
  type('Remark', 'half typed');
  // A refresh that brings the same is no change
  rerender(<HoursForm kept={{ ...kept, from: '7' }} version={1} />);
  expect(shown()).toEqual(['8', '3', 'half typed']);
  rerender(<HoursForm kept={{ from: '9', week: { most: '4', note: 'theirs' } }} version={2} />);
  expect(shown()).toEqual(['9', '4', 'half typed']);
});
