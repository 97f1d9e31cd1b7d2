// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Button } from './button.tsx';
import { useToast } from './toast.tsx';
import { UiProvider } from './ui-provider.tsx';
import { underway } from './underway.ts';

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

const key = (name: string, more: object = {}) => fireEvent.keyDown(document.body, { key: name, ...more });

function Moves({ undo }: { undo: () => void }) {
  const toast = useToast();
  return <Button onClick={() => toast.done('Moved.', { undo, undoneMessage: 'Back again.' })}>Move</Button>;
}

test('a deed can be taken back by key, once, and both are spoken', async () => {
  const undo = vi.fn();
  render(<Moves undo={undo} />, { wrapper: UiProvider });
  fireEvent.click(screen.getByText('Move'));
  const polite = document.querySelector('[data-speak=polite]');
  expect(polite?.textContent).toBe('Moved.');
  await act(async () => key('z', { ctrlKey: true }));
  expect(undo).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(polite?.textContent).toBe('Back again.'));
  await act(async () => key('u'));
  expect(undo).toHaveBeenCalledTimes(1);
});

test('an undo that did not get through can be tried again', async () => {
  const undo = vi.fn().mockRejectedValueOnce(new Error('The office did not answer.'));
  render(<Moves undo={undo} />, { wrapper: UiProvider });
  fireEvent.click(screen.getByText('Move'));
  await act(async () => key('u'));
  await act(async () => fireEvent.click(screen.getByText('Try again')));
  expect(undo).toHaveBeenCalledTimes(2);
  expect(document.querySelector('[data-speak=polite]')?.textContent).toBe('Back again.');
});

function Sends({ answer, undo }: { answer: Promise<unknown>; undo: (what: string) => void }) {
  const toast = useToast();
  const move = () =>
    underway(answer).then(
      () => toast.done('Moved.', { undo: () => undo('the move') }),
      (error: Error) => toast.refused(error.message),
    );
  return (
    <>
      <Button onClick={() => toast.done('Booked.', { undo: () => undo('the booking') })}>Book</Button>
      <Button onClick={() => void move()}>Move</Button>
    </>
  );
}

test.each([
  ['goes well', true, ['the move']],
  ['is refused', false, []],
] as const)(
  'an undo waits for what is on its way; where that %s it takes back %s',
  async (_, well, undone) => {
    const undo = vi.fn();
    let tell = () => {};
    const answer = new Promise<void>((resolve, reject) => {
      tell = well ? resolve : () => reject(new Error('Taken until 10:30.'));
    });
    render(<Sends answer={answer} undo={undo} />, { wrapper: UiProvider });
    fireEvent.click(screen.getByText('Book'));
    fireEvent.click(screen.getByText('Move'));
    await act(async () => key('u'));
    expect(undo).not.toHaveBeenCalled();
    await act(async () => tell());
    await screen.findAllByText(well ? 'Undone.' : 'Taken until 10:30.');
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(undo.mock.calls.flat()).toEqual(undone);
  },
);

test('an undo that waited too long is none', async () => {
  const undo = vi.fn();
  vi.useFakeTimers({ shouldAdvanceTime: true });
  render(
    <UiProvider undoMinutes={2}>
      <Moves undo={undo} />
    </UiProvider>,
  );
  fireEvent.click(screen.getByText('Move'));
  act(() => void vi.advanceTimersByTime(7_900));
  expect(document.querySelector('.ui-toast')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(121_000));
  expect(document.querySelector('.ui-toast')).toBeNull();
  await act(async () => key('u'));
  expect(undo).not.toHaveBeenCalled();
  vi.useRealTimers();
});
