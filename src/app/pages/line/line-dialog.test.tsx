// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PersonProvider } from '../../../platform/web/person-in-view.tsx';
import { SessionProvider } from '../../../platform/web/session.tsx';
import { UiProvider } from '../../../ui/ui-provider.tsx';
import { LineDialog } from './line-dialog.tsx';

const permissions = ['visits.book', 'visits.see', 'patients.search', 'patients.open', 'tasks.make'];
const session = { signedIn: true, locked: false, timeZone: 'America/New_York', accountId: 'a', staffId: 's' };
const physician = { resourceId: 'lee', kind: 'physician', name: 'Dr. Lee', siteId: null, staffId: null };
const followUp = { visitTypeId: 'fu', name: 'Follow-up', code: 'fu', minutes: 20, physicianIds: [] };
const person = (patientId: string, callName: string, age: number) => ({
  ...{ patientId, callName, age, fileName: callName, mrn: '1', bornOn: null, phone: '', matched: [] },
});
const opening = (minute: number) => ({
  startsAt: `2027-02-22T14:${minute}:00.000Z`,
  label: `Mon, Feb 22, 9:${minute} am`,
  ...{ physicianId: 'lee', physicianName: 'Dr. Lee', siteId: 'elm', siteName: 'Elm St' },
  ...{ resourceIds: [], resourceNames: [], minutes: 20, reasons: [`reason ${minute}`] },
});

/** The office, as far as the line speaks with it. */
let found: { openings: unknown[]; blocked: string[]; nearest: unknown[] };
let sent: { path: string; body: Record<string, unknown> }[] = [];
const answers: Record<string, () => unknown> = {
  '/api/session': () => ({ ...session, displayName: 'Ana', permissions }),
  '/api/schedule/setup': () => ({
    ...{ sites: [], physicians: [physician], rooms: [], devices: [], visitTypes: [followUp] },
  }),
  '/api/patients/search': () => ({ hits: [person('jo', 'Jo Smith', 64), person('john', 'John Smith', 51)] }),
  '/api/patients/recent': () => ({ hits: [] }),
  '/api/openings': () => found,
  '/api/visits': () => ({
    visit: { visitId: 'v', version: 1, patientId: 'jo', ...opening(10), timeZone: 'UTC' },
  }),
  '/api/tasks': () => ({ task: { taskId: 't', version: 1 } }),
};

beforeEach(() => {
  found = { openings: [10, 20, 30, 40, 50].map(opening), blocked: [], nearest: [] };
  sent = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ path, body: JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(answers[path]?.() ?? {}), { status: 200 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(onClose: () => void = vi.fn()) {
  const root = createRootRoute({ component: () => <LineDialog opened words="" onClose={onClose} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <UiProvider>
      <QueryClientProvider client={new QueryClient()}>
        <SessionProvider waiting={null}>
          <PersonProvider>
            <RouterProvider router={router} />
          </PersonProvider>
        </SessionProvider>
      </QueryClientProvider>
    </UiProvider>,
  );
  return screen.findByRole('combobox');
}

const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const booked = () => sent.find((one) => one.path === '/api/visits')?.body;
const words = 'smith jo fu 3m lee am';

test('smith jo fu 3m lee am shows five openings, each with its reason', async () => {
  const field = await open();
  type(field, words);
  await screen.findByText('reason 10');
  const options = screen.getAllByRole('option');
  expect(options.map((one) => one.querySelector('small')?.textContent)).toEqual(
    [10, 20, 30, 40, 50].map((minute) => `reason ${minute}`),
  );
  const search = sent.find((one) => one.path === '/api/openings')?.body;
  expect(search).toMatchObject({ visitTypeId: 'fu', physicianIds: ['lee'], patientId: 'jo', limit: 5 });
  expect(screen.getByText('Jo Smith, 64')).toBeTruthy();
});

test('Enter before the answer is there waits for it, then books the first and leaves', async () => {
  const close = vi.fn();
  const field = await open(close);
  type(field, words);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(booked()).toBeUndefined();
  await waitFor(() => expect(close).toHaveBeenCalled());
  expect(booked()).toMatchObject({ patientId: 'jo', startsAt: '2027-02-22T14:10:00.000Z' });
});

test('Alt and a digit books that one', async () => {
  const field = await open();
  type(field, words);
  await screen.findByText('reason 30');
  fireEvent.keyDown(field, { key: '3', code: 'Digit3', altKey: true });
  await waitFor(() => expect(booked()).toMatchObject({ startsAt: '2027-02-22T14:30:00.000Z' }));
});

test('Tab means the next person whom the words could mean', async () => {
  const field = await open();
  type(field, words);
  await screen.findByText('reason 10');
  fireEvent.keyDown(field, { key: 'Tab' });
  await screen.findByText('John Smith, 51', { selector: '.ln-chip b' });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(booked()).toMatchObject({ patientId: 'john' }));
});

test('when nothing fits, the line says what blocks and offers the nearest', async () => {
  found = { openings: [], blocked: ['Dr. Lee is away: conference'], nearest: [opening(20)] };
  const field = await open();
  type(field, words);
  await screen.findByText('Not offered: Dr. Lee is away: conference');
  expect(screen.getAllByRole('option')).toHaveLength(1);
});

test('a task is made without a person', async () => {
  const field = await open();
  type(field, 'task call the lab tomorrow 3pm');
  await screen.findByText('for me');
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() =>
    expect(sent.find((one) => one.path === '/api/tasks')?.body).toMatchObject({
      text: 'call the lab',
      ownerStaffId: 's',
      patientId: null,
    }),
  );
});
