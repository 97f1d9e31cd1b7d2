import type { Tx } from '../../../platform/db/transaction.ts';
import { addNote } from './commands.ts';

/** Who writes from now on, so many minutes ago. */
export type As = (familyName: string, minutesAgo: number) => string | null;

const invented = [
  { by: 'Phạm', minutes: 55, text: 'Hard of hearing on the left. Stand on the other side.', inRecord: true },
  { by: 'Phạm', minutes: 35, text: '@Ana Ruiz, she asks for a note for her employer at check-out.' },
  { by: 'Ruiz', minutes: 25, text: '@nurses, his daughter drops off the medication list at noon.' },
  { by: 'Ruiz', minutes: 90, text: 'Prefers to be called after 4 pm, works nights.' },
  { by: 'Brown', minutes: 70, text: 'New card is on the way; copy it when he comes. @secretaries' },
] as const;

/** @param patientIds whom the notes are on, in turn */
export async function addNotes(tx: Tx, patientIds: readonly string[], as: As): Promise<void> {
  for (const [index, { by, minutes, text, ...more }] of invented.entries()) {
    const patientId = patientIds[index * 3];
    as(by, minutes);
    if (!patientId) continue;
    const inRecord = 'inRecord' in more;
    await addNote(tx, { aboutKind: 'patient', aboutId: patientId, text, inRecord }, { patientId });
  }
}
