// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PersonProvider } from '../../../platform/web/person-in-view.tsx';
import { UiProvider } from '../../../ui/ui-provider.tsx';
import type { DayVisit } from '../day/schema.ts';
import { usualSettings } from '../flow/rules.ts';
import type { BoardColumn, BoardFacts } from './board.ts';
import { usePendingVisits, withPending } from './pending-visits.ts';
import { ScheduleBoard } from './schedule-board.tsx';

const zone = 'America/New_York';
const date = '2026-03-04';
const nowMs = Date.parse('2026-03-04T15:00:00Z');
const [lee, osei, followUp, site] = ['p-lee', 'p-osei', 't-fu', 's-elm'];

const visit: DayVisit = {
  visitId: 'v-one',
  version: 1,
  state: 'booked',
  patientId: 'patient-1',
  patient: 'Smith, Jo',
  visitTypeId: followUp,
  resourceIds: [lee],
  siteId: site,
  startsAt: '2026-03-04T15:15:00.000Z',
  endsAt: '2026-03-04T15:45:00.000Z',
};
const working = [{ siteId: site, startsAt: '2026-03-04T13:00:00.000Z', endsAt: '2026-03-04T22:00:00.000Z' }];
const column = (resourceId: string, name: string): BoardColumn => ({
  id: resourceId,
  title: name,
  subtitle: '',
  date,
  resourceId,
  kind: 'physician',
  name,
  working,
});
const columns = [column(lee, 'Dr. Lee'), column(osei, 'Dr. Osei')];
const kinds = new Map(columns.map((one) => [one.id, 'physician']));
const facts: BoardFacts = {
  zone,
  nowMs,
  limits: usualSettings,
  types: new Map([
    [
      followUp,
      {
        visitTypeId: followUp,
        name: 'Follow-up',
        code: 'fu',
        color: '#2b66a3',
        minutes: 30,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        minutesByPhysician: {},
        physicianIds: [],
        noticeHours: 24,
        active: true,
      },
    ],
  ]),
  siteNames: new Map([[site, 'Elm St']]),
  names: new Map(columns.map((one) => [one.id, one.name])),
  mayMove: true,
  mayArrive: true,
  mayBlock: true,
};

type Sent = { path: string; body: Record<string, unknown> };
let sent: Sent[] = [];
/** What the office answers; it stays unanswered unless a test says more. */
let answer: (request: Sent) => { status: number; body: unknown } | undefined = () => undefined;

beforeEach(() => {
  sent = [];
  answer = () => undefined;
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const request = { path, body: JSON.parse(String(init?.body ?? '{}')) };
    if (init?.method !== 'GET') sent.push(request);
    const given = answer(request);
    return given
      ? Promise.resolve(new Response(JSON.stringify(given.body), { status: given.status }))
      : new Promise(() => undefined);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Shown({ wanted, onWanted }: { wanted?: string; onWanted?: () => void }) {
  const visits = withPending([visit], usePendingVisits(), new Set([date]), zone);
  return (
    <ScheduleBoard
      label="Schedule"
      columns={columns}
      visits={visits}
      facts={facts}
      kinds={kinds}
      nowMinutes={600}
      {...(wanted ? { wanted } : {})}
      {...(onWanted ? { onWanted } : {})}
      onNextFree={() => undefined}
    />
  );
}

function draw(asked: Parameters<typeof Shown>[0] = {}) {
  render(
    <UiProvider>
      <QueryClientProvider client={new QueryClient()}>
        <PersonProvider>
          <Shown {...asked} />
        </PersonProvider>
      </QueryClientProvider>
    </UiProvider>,
  );
}

function open() {
  draw();
  act(() => card().focus());
}

const card = () => screen.getByRole('button', { name: /Smith, Jo, .*Follow-up/ });
const press = (key: string, held: object = {}) =>
  fireEvent.keyDown(document.activeElement!, { key, ...held });
const refusal = {
  status: 409,
  body: {
    error: 'conflict',
    message: 'Dr. Osei is booked until 10:30.',
    requestId: 'r',
    offers: { openings: [] },
    overridePermission: 'visits.overbook',
  },
};

// First, as everything below leaves its own visit pending while the office does not answer.
test('a refused move goes back and says what is in the way', async () => {
  answer = (request) => (request.path.endsWith('/move') ? refusal : undefined);
  open();
  press('ArrowRight', { altKey: true });
  expect(card().getAttribute('aria-label')).toContain('with Dr. Osei');
  await screen.findByText('Dr. Osei is booked until 10:30.');
  await waitFor(() => expect(card().getAttribute('aria-label')).toContain('with Dr. Lee'));
});

test('Alt and an arrow move a visit at once: the focus stays, the change is spoken, one move is sent', async () => {
  answer = (request) => (request.path.endsWith('/move') ? refusal : undefined);
  open();
  press('ArrowDown', { altKey: true });
  press('ArrowDown', { altKey: true });
  press('ArrowDown', { altKey: true });
  expect(document.activeElement).toBe(card());
  expect(card().getAttribute('aria-label')).toMatch(/^10:30 am/);
  expect(screen.getByText('Moved to 10:30 am with Dr. Lee')).toBeDefined();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    path: '/api/visits/v-one/move',
    body: { version: 1, startsAt: '2026-03-04T15:30:00.000Z' },
  });
  await screen.findByText('Dr. Osei is booked until 10:30.');
});

test('Enter opens the visit with the next step in hand, Escape gives the focus back', async () => {
  open();
  press('Enter');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Check in'));
  expect(screen.getByRole('region', { name: 'Visit of Smith, Jo' })).toBeDefined();
  press('Escape');
  await waitFor(() => expect(document.activeElement).toBe(card()));
});

test('the visit that the address names is opened, once, and said back', async () => {
  const onWanted = vi.fn();
  draw({ wanted: 'v-one', onWanted });
  await screen.findByRole('region', { name: 'Visit of Smith, Jo' });
  expect(onWanted).toHaveBeenCalledTimes(1);
});

test('a visit of another day that the address names is waited for', () => {
  const onWanted = vi.fn();
  draw({ wanted: 'v-other', onWanted });
  expect(screen.queryByRole('region', { name: /Visit of/ })).toBeNull();
  expect(onWanted).not.toHaveBeenCalled();
});

test('a letter typed on free time opens the booking with it', async () => {
  answer = ({ path }) => (path === '/api/schedule/setup' ? { status: 200, body: setup } : undefined);
  open();
  press('ArrowDown', { ctrlKey: true });
  press('k');
  const field = await screen.findByLabelText('Person');
  expect(field).toHaveProperty('value', 'k');
  expect(screen.getByText(/Book Wed Mar 4, 10:45 am · Dr. Lee/)).toBeDefined();
});

test('A on the visit that has the focus checks it in', async () => {
  open();
  press('a');
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({ path: '/api/visits/v-one/arrive', body: { version: 1 } });
  expect(card().getAttribute('aria-label')).toContain('arrived');
  expect(document.activeElement).toBe(card());
});

const setup = {
  sites: [{ siteId: site, name: 'Elm St', timeZone: zone }],
  physicians: columns.map((one, position) => ({
    resourceId: one.id,
    kind: 'physician',
    name: one.name,
    siteId: null,
    staffId: null,
    capacity: 1,
    active: true,
    position,
    version: 1,
  })),
  rooms: [],
  devices: [],
  visitTypes: [...facts.types.values()].map((type) => ({ ...type, needs: [], position: 0, version: 1 })),
};
