import { keepPatientContacts } from '../features/contacts/people/commands.ts';
import { directoryOf, inventLinks, type SimulatedDoctor } from '../features/contacts/people/simulate.ts';
import { addContacts } from '../features/contacts/simulate.ts';
import { keepCoverages } from '../features/coverage/commands.ts';
import { inventCoverages } from '../features/coverage/simulate.ts';
import { keepOutsideEncounters } from '../features/history/commands.ts';
import { inventHistory } from '../features/history/simulate.ts';
import { addAlerts } from '../features/patients/alerts/commands.ts';
import { registerPatients } from '../features/patients/commands.ts';
import { alertTexts, type InventedPerson, inventPeople } from '../features/patients/simulate.ts';
import { listAccounts } from '../features/practice/accounts/queries.ts';
import type { Players } from '../features/schedule/steps/simulate.ts';
import type { SimulatedPatient } from '../features/schedule/visits/simulate.ts';
import { localDate, toInstant } from '../platform/calendar/zones.ts';
import type { RoleKey } from '../platform/contributions.ts';
import { type Actor, inTransaction, type Store, type Tx, theOffice } from '../platform/db/transaction.ts';
import { seeded } from '../platform/random.ts';
import { countContacts, type Part, type Size } from './plan.ts';
import { listDoctors, listPatientIds } from './queries.ts';

/** A practice that is being played, and who plays in it. */
export type Simulation = {
  store: Store;
  practiceId: string;
  timeZone: string;
  seed: string;
  anchorOn: string;
  size: Size;
  players: Players;
  people: readonly InventedPerson[];
  /** of the directory, remembered where nobody else changes it */
  doctors?: readonly SimulatedDoctor[];
};

type Opened = Pick<Simulation, 'store' | 'practiceId' | 'timeZone' | 'seed' | 'anchorOn' | 'size'>;

export async function openSimulation(opened: Opened): Promise<Simulation> {
  const { store, practiceId, seed, size, anchorOn } = opened;
  const accounts = await inTransaction(
    store,
    { practiceId, actor: theOffice, requestId: 'simulator', readOnly: true },
    (tx) => listAccounts(tx.db),
  );
  const actor = (role: RoleKey): Actor => {
    const account = accounts.find((one) => one.roles.includes(role));
    if (!account) return theOffice;
    return { accountId: account.accountId, staffId: account.staffId, may: () => true };
  };
  return {
    ...opened,
    players: { secretary: actor('secretary'), nurse: actor('nurse'), physician: actor('physician') },
    people: inventPeople(seed, size.patients, anchorOn).map(withGap),
  };
}

/** Some records lack what a visit needs: the office owes itself a question. */
function withGap(person: InventedPerson, index: number): InventedPerson {
  if (index % 101 === 13) return { ...person, draft: { ...person.draft, phones: [] } };
  if (index % 149 === 29) return { ...person, draft: { ...person.draft, addresses: [] } };
  return person;
}

/** The first moment of the anchor's day: every simulated person was registered before it. */
export function anchorStart({ anchorOn, timeZone }: Simulation): Date {
  return new Date(toInstant(anchorOn, '00:00', timeZone));
}

const hourMs = 3_600_000;
const registeringHours = 1200;

/** Register the people of a part, each part some hours after the one before and long before the anchor. */
export async function playPeople(
  tx: Tx,
  simulation: Simulation,
  part: Part & { kind: 'people' },
): Promise<void> {
  const { seed, size } = simulation;
  // All are there before the anchor, and nobody is registered before being born.
  const days = Math.min(size.pastDays, 365) + 60;
  const apartHours = Math.min(0.1, registeringHours / size.patients);
  tx.now = new Date(anchorStart(simulation).getTime() - (days * 24 - part.from * apartHours) * hourMs);
  tx.actor = simulation.players.secretary;
  if (part.from === 0) await addContacts(tx, seed, countContacts(size));
  const drafts = simulation.people.slice(part.from, part.to).map((person) => person.draft);
  const made = await registerPatients(tx, drafts);
  const alerts = made.flatMap(({ patientId }, index) => {
    const random = seeded(seed, 'alert', part.from + index);
    if (!random.chance(0.03)) return [];
    const [tone, text] = random.pick(alertTexts);
    return [{ patientId, text, tone }];
  });
  await addAlerts(tx, alerts);
  await addRecords(tx, simulation, part.from, made);
  await addDoctors(tx, simulation, part.from, made);
}

/** Who treats and who sent them, of the directory; all of one household have one doctor. */
async function addDoctors(
  tx: Tx,
  simulation: Simulation,
  from: number,
  made: readonly { patientId: string }[],
): Promise<void> {
  const { seed, people, size, timeZone } = simulation;
  const doctors = simulation.doctors ?? (await listDoctors(tx.db, anchorStart(simulation)));
  // Those of the first part may still be undone with it.
  if (size.load && from > 0) simulation.doctors = doctors;
  const today = localDate(tx.now.getTime(), timeZone);
  const known = { directory: directoryOf(doctors), today, share: size.load ? 0.3 : 1 };
  const links = made.flatMap(({ patientId }, index) => {
    const person = people[from + index];
    if (!person) return [];
    const [home] = person.draft.addresses ?? [];
    const household = `${seed} ${home ? `${home.line1} ${home.zip}` : from + index}`;
    const random = seeded(seed, 'doctors', from + index);
    return inventLinks(random, { patientId, bornOn: person.bornOn, household }, known);
  });
  await keepPatientContacts(tx, links);
}

/** What people bring along: who insures them, and where they have been before. */
async function addRecords(
  tx: Tx,
  { seed, anchorOn, people }: Simulation,
  from: number,
  made: readonly { patientId: string }[],
): Promise<void> {
  const insured = made.map(({ patientId }, index) => ({
    patientId,
    bornOn: people[from + index]?.bornOn ?? anchorOn,
    number: from + index,
  }));
  await keepCoverages(
    tx,
    insured.flatMap((one) => inventCoverages(seeded(seed, 'coverage', one.number), one, anchorOn)),
  );
  await keepOutsideEncounters(
    tx,
    insured.flatMap((one) => inventHistory(seeded(seed, 'history', one.number), one, tx.now)),
  );
}

/** Those who are registered so far, as the plan of a day takes them. */
export async function listSimulated(tx: Tx, simulation: Simulation): Promise<SimulatedPatient[]> {
  const ids = await listPatientIds(tx.db, anchorStart(simulation), simulation.people.length);
  return ids.flatMap((patientId, index) => {
    const person = simulation.people[index];
    return person ? [{ patientId, bornOn: person.bornOn }] : [];
  });
}
