import { addDays } from '../../platform/calendar/dates.ts';
import { federalHolidays } from '../../platform/calendar/holidays.ts';
import type { RoleKey } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { createAccount } from '../../platform/session/accounts.ts';
import { addClosures } from './closures/commands.ts';
import { addSite, addStaff, changePractice, changeSite, type MadePractice } from './commands.ts';
import { findPractice, listSites } from './queries.ts';
import { npiFault } from './rules.ts';
import type { NewStaff, SiteAddress } from './schema.ts';

/** `login`: before the @; where two have one role. */
export type InventedStaff = NewStaff & { role?: RoleKey; login?: string };

const physician = (
  givenName: string,
  familyName: string,
  credentials: string,
  specialty: string,
): InventedStaff => ({
  ...{ givenName, familyName, credentials, specialty },
  displayName: credentials === 'NP' ? `${givenName} ${familyName}, NP` : `Dr. ${familyName}`,
  kind: 'physician',
});

/** The clinicians of the simulated group, in the order of their columns; the first is the demo's physician. */
const clinicians: readonly InventedStaff[] = [
  { ...physician('Daniel', 'Lee', 'MD', 'Family medicine'), role: 'physician' },
  physician('Amara', 'Okoye', 'MD', 'Family medicine'),
  physician('Sofía', 'Marín', 'MD', 'Pediatrics'),
  physician('Grace', 'Nakamura', 'MD', 'Internal medicine'),
  physician('Jonas', 'Weber', 'MD', 'General surgery'),
  physician('Priya', 'Raman', 'MD', 'Orthopedic surgery'),
  physician('Malik', 'Johnson', 'DO', 'Family medicine'),
  physician('Ruth', 'Castellano', 'NP', 'Family medicine'),
];

const others: readonly InventedStaff[] = [
  { givenName: 'Ana', familyName: 'Ruiz', displayName: 'Ana Ruiz', kind: 'front_desk', role: 'secretary' },
  {
    ...{ givenName: 'Tomasz', familyName: 'Zieliński', displayName: 'Tomasz Zieliński' },
    ...{ kind: 'front_desk', role: 'secretary', login: 'tomasz' },
  },
  { givenName: 'Keisha', familyName: 'Brown', displayName: 'Keisha Brown', kind: 'biller', role: 'biller' },
  { givenName: 'Linh', familyName: 'Phạm', displayName: 'Linh Phạm, RN', kind: 'nurse', role: 'nurse' },
  {
    ...{ givenName: 'Owen', familyName: 'Fairchild', displayName: 'Owen Fairchild, LPN' },
    ...{ kind: 'nurse', role: 'nurse', login: 'owen' },
  },
  { givenName: 'Helen', familyName: 'Ward', displayName: 'Helen Ward', kind: 'other', role: 'auditor' },
];

export const simulatedManager = { givenName: 'Dana', familyName: 'Whitfield' };

/** A number with a right check digit from below those that were ever given out (they begin at 1003000000). */
function unissuedNpi(index: number): string {
  const base = `10000${String(index + 1).padStart(4, '0')}`;
  const digit = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((one) => npiFault(`${base}${one}`) === null);
  return `${base}${digit ?? 0}`;
}

const address = (line1: string, city: string, zip: string): SiteAddress => ({
  ...{ line1, line2: '', city, state: 'NY', zip },
});

export type SimulatedGroup = {
  /** Elm Street, Harbor Road */
  siteIds: string[];
  physicians: { staffId: string; displayName: string; specialty: string }[];
};

type GroupPlan = { physicians: number; today: string; pastDays: number; comingDays: number };

/** Sites, staff, accounts and closures of the group, in the practice that was just made. */
export async function setUpGroup(tx: Tx, made: MadePractice, plan: GroupPlan): Promise<SimulatedGroup> {
  const practice = await findPractice(tx.db);
  await changePractice(tx, { version: practice.version, phone: '+16075550100' });
  const siteIds = await setUpSites(tx, made, practice.timeZone);
  const physicians = [];
  for (let index = 0; index < plan.physicians; index++) {
    const person = { ...clinicianAt(index), npi: unissuedNpi(index) };
    const staffId = await addPerson(tx, person);
    physicians.push({ staffId, displayName: person.displayName, specialty: person.specialty ?? '' });
  }
  for (const person of others) await addPerson(tx, person);
  await closeOnHolidays(tx, plan);
  return { siteIds, physicians };
}

/** Beyond the eight of the group more of the same, told apart by a number. */
function clinicianAt(index: number): InventedStaff {
  const known = clinicians[index % clinicians.length];
  if (!known) throw new RangeError('There is a list of clinicians.');
  if (index < clinicians.length) return known;
  const round = Math.floor(index / clinicians.length) + 1;
  return { ...known, displayName: `${known.displayName} ${round}`, role: undefined };
}

async function setUpSites(tx: Tx, { siteId }: MadePractice, timeZone: string): Promise<string[]> {
  const first = (await listSites(tx.db)).find((site) => site.siteId === siteId);
  await changeSite(tx, siteId, {
    version: first?.version ?? 1,
    name: 'Elm Street',
    phone: '+16075550100',
    address: address('214 Elm St', 'Alderton', '14991'),
  });
  const second = await addSite(tx, {
    name: 'Harbor Road',
    timeZone,
    phone: '+16075550140',
    address: address('18 Harbor Rd', 'Port Harlan', '14994'),
  });
  return [siteId, second];
}

async function addPerson(tx: Tx, { role, login = undefined, ...person }: InventedStaff): Promise<string> {
  const staffId = await addStaff(tx, person);
  if (role) {
    await createAccount(tx, {
      staffId,
      displayName: person.displayName,
      email: `${login ?? role}@demo.test`,
      password: 'demo-desk',
      roles: [role],
      publicPassword: true,
    });
  }
  return staffId;
}

/** The federal holidays; a demo that is opened on one works that day all the same. */
async function closeOnHolidays(tx: Tx, { today, pastDays, comingDays }: GroupPlan): Promise<void> {
  const [from, to] = [addDays(today, -pastDays), addDays(today, comingDays)];
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1]
    .flatMap((one) => federalHolidays(one))
    .filter(({ observedOn }) => observedOn >= from && observedOn <= to && observedOn !== today);
  if (days.length === 0) return;
  await addClosures(
    tx,
    days.map(({ observedOn, name }) => ({ onDate: observedOn, name, siteId: null })),
  );
}
