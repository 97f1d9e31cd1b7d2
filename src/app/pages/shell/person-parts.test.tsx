// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionProvider } from '../../../platform/web/session.tsx';
import { UiProvider } from '../../../ui/ui-provider.tsx';
import { PersonParts } from './person-parts.tsx';

const session = { signedIn: true, locked: false, timeZone: 'America/New_York', accountId: 'a', staffId: 's' };
const plan = {
  ...{ coverageId: 'c', patientId: 'p', payerId: 'y', payerName: 'Alder Mutual Health', version: 1 },
  ...{ planKind: 'commercial', memberId: 'AM1', groupNumber: 'G-100', relationship: 'child', rank: 1 },
  ...{ since: '2020-01-01', until: null, status: 'active' },
};
const visit = (encounterId: string, kind: string) => ({
  ...{ encounterId, patientId: 'p', kind, startsAt: '2011-11-21T07:00:48.000Z', startsPrecision: 'time' },
  ...{ endsAt: null, endsPrecision: null, status: 'finished', practitioner: 'Dr. Vela' },
  ...{ organization: 'Cedar General Hospital', reason: 'Viral sinusitis' },
});

let coverages: () => Response;
let history: (before: string | null) => Response;
let asked: string[];
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  asked = [];
  coverages = () => json({ coverages: [] });
  history = () => json({ encounters: [], more: false });
  vi.stubGlobal('fetch', async (address: string) => {
    const { pathname, searchParams } = new URL(address, 'http://office');
    asked.push(pathname);
    if (pathname === '/api/session') return json({ ...session, displayName: 'Ana', permissions: [] });
    if (pathname.includes('/setup'))
      return json({ sites: [], physicians: [], rooms: [], devices: [], visitTypes: [] });
    return pathname.endsWith('/coverages') ? coverages() : history(searchParams.get('before'));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = () =>
  render(
    <UiProvider>
      <QueryClientProvider client={new QueryClient()}>
        <SessionProvider waiting={null}>
          <PersonParts patientId="p" />
        </SessionProvider>
      </QueryClientProvider>
    </UiProvider>,
  );

test('say that there is nothing yet, and where it comes from', async () => {
  open();
  await screen.findByText(/No coverage on record/);
  await screen.findByText(/Nothing is known from other places/);
});

test('show who pays, in words, and what was elsewhere', async () => {
  coverages = () => json({ coverages: [plan, { ...plan, coverageId: 'd', status: 'cancelled' }] });
  history = () => json({ encounters: [visit('e', 'Check-up')], more: false });
  open();
  expect(await screen.findAllByText('Alder Mutual Health')).toHaveLength(2);
  screen.getByText('active');
  screen.getByText('cancelled');
  expect(screen.getAllByText('Commercial · pays first · since 01/01/2020')).toHaveLength(2);
  expect(screen.getAllByText('member AM1 · group G-100 · child of the subscriber')).toHaveLength(2);
  await screen.findByText('Mon, Nov 21, 2011, 2:00 am');
  screen.getByText('Check-up: Viral sinusitis');
  screen.getByText('Cedar General Hospital · Dr. Vela');
});

test('show earlier ones when asked', async () => {
  history = (before) =>
    before === 'e'
      ? json({ encounters: [visit('f', 'Birth')], more: false })
      : json({ encounters: [visit('e', 'Check-up')], more: true });
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Show earlier ones' }));
  await screen.findByText('Birth: Viral sinusitis');
  expect(screen.queryByRole('button', { name: 'Show earlier ones' })).toBeNull();
  expect(document.activeElement?.textContent).toContain('Birth');
});

test('say what went wrong and try again', async () => {
  coverages = () => json({ error: 'bug', message: 'This did not work. Please try again.' }, 500);
  open();
  await screen.findByText('This did not work. Please try again.');
  coverages = () => json({ coverages: [plan] });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Alder Mutual Health');
});
