import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localTime, timeLabel } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { sealText, unsealText } from '../../../platform/files/sealed-text.ts';
import { Refusal, stale } from '../../../platform/refusal.ts';
import { findPractice, listSites } from '../../practice/queries.ts';
import { readDay } from '../../schedule/day/queries.ts';
import { type DaySheet, daySheets, longDate, printedPatientIds } from '../day-sheets/rules.ts';
import { readPrintedPeople } from '../people/queries.ts';
import { drawPacket } from './print.ts';
import { type KeptPacket, readPacketSettings } from './queries.ts';
import { faultText, isDue, isPacketName, packetName, toRemove } from './rules.ts';
import type { PacketChange, PacketFile } from './schema.ts';

/** Where the office keeps its own files, and the key with which the password is sealed. */
export type PacketPlace = {
  dataFolder: string;
  key: Buffer;
  /** Whose records are restricted: a paper for everyone at the desk does not name them. */
  hidden(tx: Tx): Promise<ReadonlySet<string>>;
};

const purpose = 'packet password';
/** How far ahead an open day is looked for. */
const longestGap = 14;

/** The folder of a practice's packets: its own choice, else one in the data folder. */
export function folderOf({ dataFolder }: PacketPlace, { folder }: Pick<KeptPacket, 'folder'>): string {
  return folder || path.join(dataFolder, 'downtime');
}

/** The packets that are there, newest first; none where the folder is not there. */
export function listPackets(folder: string, practiceId: string): PacketFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const own = names.filter((name) => isPacketName(name, practiceId)).sort();
  return own.reverse().flatMap((name) => {
    const facts = statSync(path.join(folder, name), { throwIfNoEntry: false });
    return facts ? [{ name, bytes: facts.size, madeAt: facts.mtime.toISOString() }] : [];
  });
}

async function ensureRow(tx: Tx): Promise<KeptPacket> {
  await sql`
    insert into packet_settings (practice_id) values (${tx.practiceId})
    on conflict (practice_id) do nothing`.execute(tx.db);
  return readPacketSettings(tx.db, true);
}

export async function changePackets(tx: Tx, change: PacketChange, place: PacketPlace): Promise<number> {
  const before = await ensureRow(tx);
  if (before.version !== change.version) throw stale('packet settings', shown(before));
  const { enabled, atLocal, openDays, keep, folder, password } = change;
  if (folder !== '' && !path.isAbsolute(folder)) {
    const message = 'Give the whole path of the folder, from the root of the disk.';
    throw new Refusal('bad-input', message, { fields: { folder: message } });
  }
  const sealed =
    password === null
      ? before.passwordSealed
      : password === ''
        ? null
        : sealText(place.key, purpose, password);
  await sql`
    update packet_settings set enabled = ${enabled}, at_local = ${atLocal}, open_days = ${openDays}, keep = ${keep},
      folder = ${folder}, password_sealed = ${sealed}, version = version + 1
    where practice_id = ${tx.practiceId}`.execute(tx.db);
  const after = { enabled, atLocal, openDays, keep, folder, hasPassword: sealed !== null };
  tx.audit({
    action: 'packet.settings-changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before: shown(before),
    after,
  });
  tx.touch('packets');
  return change.version + 1;
}

/** Without what is secret. */
export function shown({ enabled, atLocal, openDays, keep, folder, passwordSealed, version }: KeptPacket) {
  return { enabled, atLocal, openDays, keep, folder, hasPassword: passwordSealed !== null, version };
}

type PacketDay = { date: string; sheets: DaySheet[]; patientIds: string[] };

/** The next days on which someone works or a visit is booked. */
async function readOpenDays(
  tx: Tx,
  today: string,
  { count, hidden }: { count: number; hidden: ReadonlySet<string> },
): Promise<PacketDay[]> {
  const days: PacketDay[] = [];
  for (let ahead = 1; ahead <= longestGap && days.length < count; ahead++) {
    const date = addDays(today, ahead);
    const day = await readDay(tx.db, { date, now: tx.now });
    const patientIds = printedPatientIds(day, [], hidden);
    const people = await readPrintedPeople(tx.db, patientIds);
    const sheets = daySheets({ day, people, physicianIds: [], hidden });
    if (sheets.length > 0) days.push({ date, sheets, patientIds });
  }
  return days;
}

/** Draw it, put it whole into its folder, and remove the oldest. @throws what the disk says */
async function putPacket(tx: Tx, kept: KeptPacket, place: PacketPlace, today: string): Promise<string> {
  const practice = await findPractice(tx.db);
  const days = await readOpenDays(tx, today, {
    count: kept.openDays,
    hidden: await place.hidden(tx),
  });
  const at = tx.now.getTime();
  const pdf = await drawPacket({
    practiceName: practice.name,
    madeText: `${longDate(today)}, ${timeLabel(at, practice.timeZone)}`,
    madeAt: tx.now,
    days: days.length > 0 ? days : [{ date: addDays(today, 1), sheets: [] }],
    sites: await listSites(tx.db),
    ...(kept.passwordSealed ? { password: unsealText(place.key, purpose, kept.passwordSealed) } : {}),
  });
  const folder = folderOf(place, kept);
  // A folder of someone's choice is not made: a drive that is not there must be told, not hidden.
  if (kept.folder === '') mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = packetName(days[0]?.date ?? addDays(today, 1), tx.practiceId);
  writeWhole(path.join(folder, name), pdf);
  const names = listPackets(folder, tx.practiceId).map((one) => one.name);
  for (const old of toRemove(names, kept.keep)) rmSync(path.join(folder, old), { force: true });
  const subjectIds = [...new Set(days.flatMap((day) => day.patientIds))];
  const after = { file: name, days: days.map((day) => day.date) };
  tx.audit({ action: 'packet.printed', subjectKind: 'patient', subjectIds, after });
  return name;
}

/** Made beside its place and moved there when whole, as backups are: half a packet never counts. */
function writeWhole(file: string, bytes: Buffer): void {
  const making = `${file}.part`;
  try {
    writeFileSync(making, bytes, { mode: 0o600 });
    renameSync(making, file);
  } catch (error) {
    rmSync(making, { force: true });
    throw error;
  }
}

export type Written = { file: string; fault: string };

/** Write the packet; what stands in the way is noted, told on Today, and tried again. */
export async function writePacket(tx: Tx, place: PacketPlace): Promise<Written> {
  const kept = await ensureRow(tx);
  const { timeZone } = await findPractice(tx.db);
  const today = localDate(tx.now.getTime(), timeZone);
  let written: Written;
  try {
    written = { file: await putPacket(tx, kept, place, today), fault: '' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Only the disk's word is an answer; anything else is a bug, and the job fails by it.
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error;
    written = { file: '', fault: faultText(code) };
  }
  const isDone = written.fault === '';
  await sql`
    update packet_settings set tried_at = ${tx.now}, fault = ${written.fault},
      written_at = case when ${isDone} then ${tx.now} else written_at end,
      written_for = case when ${isDone} then ${today}::date else written_for end
    where practice_id = ${tx.practiceId}`.execute(tx.db);
  tx.touch('packets');
  return written;
}

/** The evening's packet, from its time on, until it is written. */
export async function writePacketWhenDue(tx: Tx, place: PacketPlace): Promise<void> {
  const kept = await readPacketSettings(tx.db);
  const { timeZone } = await findPractice(tx.db);
  const now = tx.now.getTime();
  if (isDue(kept, localDate(now, timeZone), localTime(now, timeZone))) await writePacket(tx, place);
}
