import { addDays } from '../../../../platform/calendar/dates.ts';
import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { Refusal } from '../../../../platform/refusal.ts';
import { findPractice, listSites } from '../../../practice/queries.ts';
import { drawLabels } from '../../../prints/labels/print.ts';
import { readPrintedPeople } from '../../../prints/people/queries.ts';
import type { PrintedPerson } from '../../../prints/people/rules.ts';
import { recordAttempt } from '../../attempts/commands.ts';
import { findFollowUp } from '../../queries.ts';
import type { FollowUp } from '../../schema.ts';
import { drawLetters } from './print.ts';
import { listWritten } from './queries.ts';
import { letterOf, whyNoLetter, whyNotAgain } from './rules.ts';
import { type AgainAsked, type LettersAsked, type LettersMade, mostAtOnce } from './schema.ts';

type Found = { followUp: FollowUp; version: number };
type Chosen = { followUp: FollowUp; person: PrintedPerson };

/** Who was asked for, in that order, each once; of whom the record may not be opened nothing is told. */
async function readAsked(tx: Tx, asked: Pick<LettersAsked, 'letters'>, hidden: ReadonlySet<string>) {
  const found: Found[] = [];
  const leftOut: string[] = [];
  const seen = new Set<string>();
  for (const { id, version } of asked.letters) {
    const followUp = seen.has(id) ? undefined : await findFollowUp(tx.db, id);
    seen.add(id);
    if (!followUp || followUp.enteredInErrorAt) continue;
    if (hidden.has(followUp.patientId)) leftOut.push('A restricted record: who may open it writes.');
    else found.push({ followUp, version });
  }
  return { found, leftOut };
}

async function letterhead(tx: Tx) {
  const practice = await findPractice(tx.db);
  const site = (await listSites(tx.db)).find((one) => one.active);
  const { line1 = '', line2 = '', city = '', state = '', zip = '' } = site?.address ?? {};
  const place = [city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return {
    name: practice.name,
    phone: practice.phone || (site?.phone ?? ''),
    address: [line1, line2, place].filter(Boolean),
  };
}

/** In the order of their ids: two desks that write to the same people wait for each other and do not block. */
async function noteLetters(tx: Tx, chosen: readonly Chosen[], nextTryOn: string): Promise<void> {
  const ordered = [...chosen].sort((a, b) => (a.followUp.followUpId < b.followUp.followUpId ? -1 : 1));
  for (const { followUp } of ordered)
    await recordAttempt(tx, followUp.followUpId, {
      ...{ version: followUp.version, channel: 'mail', outcome: 'sent', note: '' },
      ...{ nextTryOn, letterNo: followUp.letters + 1 },
    });
}

/** The next letter of each: drawn, and noted as a try with its number. Who gets none is told, with the reason. */
export async function writeLetters(
  tx: Tx,
  asked: LettersAsked,
  { hidden, timeZone }: { hidden: ReadonlySet<string>; timeZone: string },
): Promise<LettersMade> {
  const today = localDate(tx.now.getTime(), timeZone);
  const { found, leftOut } = await readAsked(tx, asked, hidden);
  const people = await readPrintedPeople(
    tx.db,
    found.map((one) => one.followUp.patientId),
  );
  const chosen: Chosen[] = [];
  for (const { followUp, version } of found) {
    const person = people.get(followUp.patientId);
    const why = person && whyNoLetter({ followUp, person, version, today });
    if (why) leftOut.push(why);
    else if (person) chosen.push({ followUp, person });
  }
  if (chosen.length === 0)
    throw new Refusal('conflict', [...leftOut, 'There is no letter to write.'].join(' '));
  const nextOn = addDays(today, asked.nextWeeks * 7);
  await noteLetters(tx, chosen, nextOn);
  const subjectIds = [...new Set(chosen.map((one) => one.followUp.patientId))];
  const after = { letters: chosen.length, nextOn };
  tx.audit({ action: 'recall-letters.printed', subjectKind: 'patient', subjectIds, after });
  const numbered = chosen.map((one) => ({ ...one, letterNo: one.followUp.letters + 1 }));
  const drawn = await draw(tx, numbered, { today, start: asked.start });
  return { sent: chosen.length, ...drawn, nextOn, leftOut };
}

type Numbered = Chosen & { letterNo: number };

/** Letters as they read on a day, and their labels. */
async function draw(tx: Tx, list: readonly Numbered[], { today, start }: { today: string; start: number }) {
  const practice = await letterhead(tx);
  const letters = list.map((one) => letterOf({ ...one, today, practice }));
  const labels = await drawLabels(
    letters.map((one) => one.address),
    { title: 'Address labels', madeAt: tx.now, start },
  );
  return {
    letters: (await drawLetters(letters, { madeAt: tx.now, practice })).toString('base64'),
    labels: labels.toString('base64'),
  };
}

/** A round once more, out of what was noted of it: a lost print costs nobody their letter, and no second number. */
export async function drawAgain(
  tx: Tx,
  { at, start }: AgainAsked,
  { hidden, timeZone }: { hidden: ReadonlySet<string>; timeZone: string },
): Promise<Omit<LettersMade, 'nextOn'>> {
  const written = await listWritten(tx.db, new Date(at), mostAtOnce);
  const letters = written.map((one) => ({ id: one.followUpId, version: 0 }));
  const { found, leftOut } = await readAsked(tx, { letters }, hidden);
  const people = await readPrintedPeople(
    tx.db,
    found.map((one) => one.followUp.patientId),
  );
  const chosen = found.flatMap(({ followUp }): Numbered[] => {
    const person = people.get(followUp.patientId);
    const why = person && whyNotAgain({ followUp, person });
    if (why) leftOut.push(why);
    const letterNo = written.find((one) => one.followUpId === followUp.followUpId)?.letterNo ?? 1;
    return person && !why ? [{ followUp, person, letterNo }] : [];
  });
  if (chosen.length === 0)
    throw new Refusal('conflict', [...leftOut, 'There is no letter to print.'].join(' '));
  const subjectIds = [...new Set(chosen.map((one) => one.followUp.patientId))];
  tx.audit({ action: 'recall-letters.printed-again', subjectKind: 'patient', subjectIds, after: { at } });
  const today = localDate(Date.parse(at), timeZone);
  return { sent: chosen.length, ...(await draw(tx, chosen, { today, start })), leftOut };
}
