import { sql } from 'kysely';
import type { Actor, Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findVisit } from '../schedule/visits/queries.ts';
import { patientActor } from './doors/commands.ts';
import { answerRequest, askForTime } from './requests/commands.ts';
import { listRequests } from './requests/queries.ts';
import type { Asker } from './requests/schema.ts';
import { changeSettings, changeSite, changeType } from './settings/commands.ts';
import { listOnlineSites, listOnlineTypes } from './settings/queries.ts';
import type { OnlineType } from './settings/schema.ts';
import { type Allowed, listTimes } from './times/queries.ts';
import { cancelByLink, confirmByLink } from './visits/commands.ts';

const minuteMs = 60_000;

/** What patients read in this practice, by the code of the visit type. */
const pages: Record<string, Partial<OnlineType>> = {
  fu: { openTo: 'known', nameEn: 'Follow-up visit', nameEs: 'Consulta de seguimiento' },
  np: {
    ...{ openTo: 'everyone', noticeHours: 48, nameEn: 'First visit', nameEs: 'Primera consulta' },
    prepareEn:
      'Please bring your insurance card, a photo ID and a list of your medicines. Come 15 minutes early.',
    prepareEs:
      'Traiga su tarjeta del seguro, una identificación con foto y una lista de sus medicinas. Venga 15 minutos antes.',
  },
};

const way = {
  arriveEn:
    'Park behind the building; the first two hours are free. The entrance with the ramp is on the left.',
  arriveEs:
    'Estacione detrás del edificio; las primeras dos horas son gratis. La entrada con rampa está a la izquierda.',
};

export type OnlineDay = {
  /** a day that has visits and lies ahead */
  date: string;
  untilMs: number;
  timeZone: string;
  manager: Actor;
};

export async function hasOnline(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from online_settings limit 1`.execute(tx.db);
  return rows.length > 0;
}

/** The practice opens its pages, and patients use them: they confirm, cancel, book, and ask for a time. */
export async function playOnline(tx: Tx, seed: string, day: OnlineDay): Promise<void> {
  const random = seeded(seed, 'online');
  const started = { now: tx.now, actor: tx.actor };
  tx.actor = day.manager;
  await openPages(tx);
  await answerByLink(tx, random, day);
  tx.actor = started.actor;
  await askOnline(tx, random, day);
  tx.now = started.now;
  tx.actor = started.actor;
}

async function openPages(tx: Tx): Promise<void> {
  await changeSettings(tx, { version: 0, settings: { isOn: true, holdHours: 4 } });
  const { rows } = await sql<{ visitTypeId: string; code: string }>`
    select visit_type_id, code from visit_types where active order by visit_type_id limit 500`.execute(tx.db);
  const codes = new Map(rows.map((row) => [row.visitTypeId, row.code]));
  for (const { visitTypeId, version, name: _name, active: _active, ...type } of await listOnlineTypes(
    tx.db,
  )) {
    const page = pages[codes.get(visitTypeId) ?? ''];
    if (page) await changeType(tx, visitTypeId, { version, type: { ...type, ...page } });
  }
  for (const { siteId, version } of await listOnlineSites(tx.db))
    await changeSite(tx, siteId, { version, site: way });
}

/** Of the next day's visits some are confirmed by their patients, one is called off late, one with words. */
async function answerByLink(tx: Tx, random: Random, { date, untilMs, timeZone }: OnlineDay): Promise<void> {
  const { rows } = await sql<{ visitId: string }>`
    select v.visit_id from visits v
    where v.state = 'booked' and v.confirmed_at is null and v.series_id is null and v.session_id is null
      and (v.starts_at at time zone ${timeZone})::date = ${date}::date
    order by v.starts_at desc, v.visit_id limit 9`.execute(tx.db);
  for (const [index, { visitId }] of rows.entries()) {
    const visit = await findVisit(tx.db, visitId);
    if (!visit) continue;
    tx.now = new Date(untilMs - random.between(5, 180) * minuteMs);
    tx.actor = patientActor(visit.patientId);
    if (index === 0) await cancelByLink(tx, visit, { visit, why: 'travel', text: '' });
    else if (index === 1)
      await cancelByLink(tx, visit, {
        visit,
        why: 'ill',
        text: 'Fever since last night, may I come on Friday?',
      });
    else await confirmByLink(tx, visit);
  }
}

type Person = {
  patientId: string;
  givenName: string;
  familyName: string;
  bornOn: string;
  phones: { number: string }[];
};

/** Someone known books, and someone new asks. */
async function askOnline(tx: Tx, random: Random, { untilMs, timeZone }: OnlineDay): Promise<void> {
  const types = (await listOnlineTypes(tx.db)).filter((one) => one.openTo !== 'nobody');
  const known = types.find((one) => one.openTo === 'known') ?? types[0];
  const open = types.find((one) => one.openTo === 'everyone');
  const { rows: people } = await sql<Person>`
    select p.patient_id, p.given_name, p.family_name, p.born_on, p.phones from patients p
    where p.born_on is not null and p.phones <> '[]' and not p.deceased and p.entered_in_error_at is null
      and not exists (select from visits v where v.practice_id = p.practice_id and v.patient_id = p.patient_id
        and v.state = 'booked' and v.starts_at > ${new Date(untilMs)})
    order by p.mrn limit 1`.execute(tx.db);
  const [person] = people;
  if (known && person) {
    const phone = person.phones[0]?.number ?? '';
    await ask(tx, known, { ...person, phone, text: '', saysNew: false }, untilMs - 95 * minuteMs, timeZone);
  }
  if (!open) return;
  const newcomer = { givenName: 'Marisol', familyName: 'Benavides', bornOn: '1988-06-21', saysNew: true };
  const phone = `+1518555${String(random.between(100, 199)).padStart(4, '0')}`;
  const text = 'Any morning works too';
  await ask(tx, open, { ...newcomer, phone, text }, untilMs - 25 * minuteMs, timeZone);
}

type Wanted = { visitTypeId: string; noticeHours: number; daysAhead: number };

async function ask(tx: Tx, type: Wanted, asker: Asker, atMs: number, timeZone: string): Promise<void> {
  tx.now = new Date(atMs);
  const { visitTypeId, noticeHours, daysAhead } = type;
  const allowed: Allowed = { visitTypeId, noticeHours, daysAhead, timeZone, now: tx.now };
  const { times } = await listTimes(tx.db, allowed, null);
  const time = times[2] ?? times[0];
  if (!time) return;
  try {
    await askForTime(tx, { asker, visitTypeId, time, language: 'en' });
  } catch (error) {
    // Someone at a desk was there first
    if (!(error instanceof Refusal)) throw error;
    return;
  }
  const request = (await listRequests(tx.db, 50)).find((one) => one.phone === asker.phone && !one.outcome);
  if (request) await answerRequest(tx, request.requestId);
}
