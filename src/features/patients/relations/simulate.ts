import type { Tx } from '../../../platform/db/transaction.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { addCustody } from '../alerts/commands.ts';
import { moveChart } from '../charts/commands.ts';
import { recordConsents } from '../consents/commands.ts';
import { type Answer, channels } from '../consents/schema.ts';
import { listPeople } from '../queries.ts';
import { addRelation } from './commands.ts';
import type { Hearing } from './schema.ts';

const names = ['Rosa', 'Frank', 'Ellen', 'Marcus', 'Grace', 'Louis', 'Wanda', 'Peter'];
const kin = ['daughter', 'son', 'husband', 'wife', 'sister', 'neighbor'];
const hears: readonly Hearing[][] = [['all'], ['appointments'], ['appointments', 'billing'], []];

const care = ['appointments', 'results', 'billing'] as const;
const answersOf: readonly Answer[][] = [
  care.map((purpose) => ({ channel: 'voicemail', purpose, state: 'refused' })),
  channels.map((channel) => ({ channel, purpose: 'appointments', state: 'given' })),
  [
    { channel: 'text', purpose: 'appointments', state: 'given' },
    { channel: 'text', purpose: 'results', state: 'refused' },
    { channel: 'email', purpose: 'marketing', state: 'refused' },
  ],
];

/** Some of today's people said how to reach them and who may hear what; a child or two has a custody note. */
export async function addReach(
  tx: Tx,
  seed: string,
  patientIds: readonly string[],
  today: string,
): Promise<void> {
  const people = await listPeople(tx.db, [...new Set(patientIds)].slice(0, 60), today);
  people.sort((one, other) => (one.mrn < other.mrn ? -1 : 1));
  let custodies = 0;
  for (const { patientId, mrn, age, fileName } of people) {
    const random = seeded(seed, 'reach', mrn);
    const familyName = fileName.split(',')[0] ?? '';
    if (random.chance(0.35)) {
      await addRelation(tx, patientId, {
        name: `${random.pick(names)} ${familyName}`,
        relationship: age !== null && age < 18 ? 'parent' : random.pick(kin),
        phone: `(518) 555-01${String(random.below(100)).padStart(2, '0')}`,
        mayHear: [...random.pick(hears)],
        emergency: random.chance(0.5),
        proof: age !== null && age < 18 ? 'parent' : random.pick(['form', 'in-person', 'phone']),
      });
    }
    if (random.chance(0.3)) {
      const answers = random.pick(answersOf);
      await recordConsents(tx, patientId, { answers, how: 'form', lastId: null });
    }
    if (random.chance(0.4)) await addChart(tx, patientId, random);
    if (age !== null && age < 16 && custodies < 2) {
      custodies += 1;
      await addCustody(tx, patientId, {
        mustNotTell: [`${random.pick(names)} ${familyName}`],
        mayBring: 'the grandmother, also alone',
        mayDecide: 'the mother',
        courtOrder: true,
      });
    }
  }
}

const dayMs = 86_400_000;

/** Old charts are still of paper: on their shelf, or with someone, for too long now and then. */
async function addChart(tx: Tx, patientId: string, random: Random): Promise<void> {
  const now = tx.now;
  const shelf = `Room 2, shelf ${random.between(1, 14)}`;
  tx.now = new Date(now.getTime() - random.between(2, 12) * dayMs);
  const outTo = random.chance(0.4) ? random.pick(['Dr. Lee', 'Dr. Okoye', 'billing', 'the scanner']) : '';
  await moveChart(tx, patientId, { endsId: null, shelf, outTo, note: '' });
  tx.now = now;
}
