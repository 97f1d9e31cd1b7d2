// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PersonProvider, usePerson } from '../../../platform/web/person-in-view.tsx';
import { SessionProvider } from '../../../platform/web/session.tsx';
import { SlotsProvider } from '../../../platform/web/slots.tsx';
import { UiProvider } from '../../../ui/ui-provider.tsx';
import type { TodayDuty } from './today-api.ts';
import { TodayPage } from './today-page.tsx';

const now = Date.now();
const duty = (id: string, minutes: number, more: Partial<TodayDuty> = {}): TodayDuty => ({
  key: id,
  kind: 'task',
  subjectId: id,
  dueAt: new Date(now + minutes * 60_000).toISOString(),
  severity: 'calm',
  title: `Task ${id}`,
  detail: 'for anyone',
  tag: 'task',
  patientId: null,
  ownerStaffId: null,
  ownerName: '',
  ownerRole: null,
  givenToStaffId: null,
  why: '',
  mine: true,
  section: 'now',
  action: {
    label: 'Done',
    kind: 'call',
    method: 'POST',
    path: `/api/tasks/${id}/done`,
    body: { version: 1 },
    undo: { path: `/api/tasks/${id}/not-done`, body: { version: 2 } },
  },
  others: [],
  markVersion: 0,
  snoozedUntil: null,
  snoozeReason: '',
  ...more,
});

/** The office, as far as this page speaks with it: it keeps what is owed. */
let owed: TodayDuty[] = [];
let sent: { path: string; body: unknown }[] = [];
const permissions = ['duties.see', 'duties.mark', 'tasks.see', 'tasks.make', 'tasks.change'];
const session = { signedIn: true, locked: false, timeZone: 'America/New_York', accountId: 'a', staffId: 's' };

function answerOf(path: string): unknown {
  if (path.startsWith('/api/session')) return { ...session, displayName: 'Ana', permissions };
  if (path.startsWith('/api/today')) {
    const counts = {
      mine: owed.length,
      role: 0,
      covered: 0,
      everyone: owed.length,
      doneMine: 0,
      doneEveryone: 0,
    };
    return { now: new Date(now).toISOString(), duties: owed, snoozed: [], counts, askAgainAt: null };
  }
  if (path === '/api/schedule/setup') return { visitTypes: [{ visitTypeId: 'type-1', code: 'fu' }] };
  return path.startsWith('/api/duties/assignees') ? { assignees: [] } : {};
}

beforeEach(() => {
  owed = [duty('one', -5), duty('two', 5), duty('three', 9, { patientId: 'patient-1' })];
  sent = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      sent.push({ path, body: JSON.parse(String(init.body)) });
      const id = path.split('/')[3];
      owed = path.endsWith('/done') ? owed.filter((one) => one.key !== id) : owed;
      if (path.endsWith('/not-done')) owed = [duty(id ?? '', -5), ...owed];
    }
    return new Response(JSON.stringify(answerOf(path)), { status: 200 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const openLine = vi.fn();

function Shown() {
  const { patientId } = usePerson();
  return (
    <SlotsProvider value={{ line: null, openLine, openHelp: () => undefined, personParts: () => null }}>
      <TodayPage />
      <output aria-label="in view">{patientId}</output>
    </SlotsProvider>
  );
}

async function show() {
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/today', component: Shown });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/today'] }),
  });
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
  await screen.findByText('Task one');
}

const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const marked = () => document.querySelector('[data-selected]')?.textContent ?? '';

test('the arrows go from line to line, and Enter settles the marked one', async () => {
  await show();
  expect(marked()).toContain('Task one');
  press('ArrowDown');
  press('ArrowDown');
  expect(marked()).toContain('Task two');
  press('Enter');
  await waitFor(() => expect(screen.queryByText('Task two')).toBeNull());
  expect(sent).toEqual([{ path: '/api/tasks/two/done', body: { version: 1 } }]);
  await waitFor(() => expect(marked()).toContain('Task three'));
});

test('what was settled comes back by U', async () => {
  await show();
  press('d');
  await waitFor(() => expect(screen.queryByText('Task one')).toBeNull());
  await screen.findByText('Done: Task one', { selector: '.ui-toast-message' });
  press('u');
  await screen.findByText('Task one');
  expect(sent.map((one) => one.path)).toEqual(['/api/tasks/one/done', '/api/tasks/one/not-done']);
});

test('S asks until when and why, A asks whom, T makes a task', async () => {
  await show();
  press('s');
  expect(await screen.findByRole('dialog', { name: 'Snooze' })).toBeTruthy();
  press('Escape');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  press('a');
  expect(await screen.findByRole('dialog', { name: 'Who does it?' })).toBeTruthy();
  fireEvent.click(screen.getByText('Cancel'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  press('t');
  expect(await screen.findByRole('dialog', { name: 'New task' })).toBeTruthy();
});

test('resting on a line about a person puts that person in view', async () => {
  await show();
  for (let times = 0; times < 3; times++) press('ArrowDown');
  await waitFor(() => expect(screen.getByLabelText('in view').textContent).toBe('patient-1'));
});

test('an empty list says so warmly', async () => {
  await show();
  for (const one of ['one', 'two', 'three']) {
    press('d');
    await waitFor(() => expect(screen.queryByText(`Task ${one}`, { selector: 'b' })).toBeNull());
  }
  expect(await screen.findByText('Nothing is waiting for you')).toBeTruthy();
});

test('a missed visit is booked again in the line, for its person', async () => {
  const action = { label: 'Rebook', kind: 'open', href: '/patients/patient-1?book=type-1' } as const;
  owed = [duty('one', -5, { kind: 'visit.not-rebooked', patientId: 'patient-1', action })];
  await show();
  press('Enter');
  await waitFor(() => expect(openLine).toHaveBeenCalledWith('fu '));
  expect(screen.getByLabelText('in view').textContent).toBe('patient-1');
});
