import type { RoleKey } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { makeTask } from './commands.ts';
import type { NewTask } from './schema.ts';

const hourMs = 3_600_000;

type Invented = {
  text: string;
  /** from now */
  hours: number;
  role?: RoleKey;
  aboutPatient?: boolean;
  repeat?: NewTask['repeat'];
};

/** What lies on the desks: promises to patients, and work that comes again. */
const invented: readonly Invented[] = [
  { text: 'Call back about the lab results', hours: -1, role: 'nurse', aboutPatient: true },
  { text: 'Send the records to the new cardiologist', hours: 2, role: 'secretary', aboutPatient: true },
  { text: 'Ask for the old X-rays from the hospital', hours: 4, role: 'secretary', aboutPatient: true },
  { text: 'Order toner and exam table paper', hours: 6 },
  { text: 'School form: fill in and fax', hours: 20, role: 'nurse', aboutPatient: true },
  { text: 'Water the plants in the waiting room', hours: 22, repeat: { every: 'week' } },
  { text: 'Check the emergency cart', hours: 44, role: 'nurse', repeat: { every: 'month' } },
  { text: 'Find a Spanish interpreter for the visit', hours: 26, role: 'secretary', aboutPatient: true },
  {
    text: 'Send the month’s figures to the accountant',
    hours: 70,
    role: 'manager',
    repeat: { every: 'month' },
  },
];

/** @param patientIds whom the promises are about, in turn */
export async function addTasks(tx: Tx, patientIds: readonly string[]): Promise<void> {
  const now = tx.now.getTime();
  for (const [index, { text, hours, role, aboutPatient, repeat }] of invented.entries()) {
    tx.now = new Date(now - (index + 2) * hourMs);
    await makeTask(tx, {
      text,
      dueAt: new Date(Math.ceil((now + hours * hourMs) / hourMs) * hourMs - hourMs / 2).toISOString(),
      ownerRole: role ?? null,
      patientId: aboutPatient ? (patientIds[index] ?? null) : null,
      repeat: repeat ? { every: repeat.every, count: 1 } : null,
    });
  }
  tx.now = new Date(now);
}
