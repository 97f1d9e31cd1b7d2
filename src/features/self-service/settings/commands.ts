import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { readOnlineSite, readOnlineType, readSettings } from './queries.ts';
import type {
  KeptOnlineSettings,
  KeptOnlineSite,
  KeptOnlineType,
  OnlineSettings,
  OnlineSite,
  OnlineType,
} from './schema.ts';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const newCode = () => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');

function note(tx: Tx, what: string, id: string, told: { before: object; after: object }): void {
  tx.audit({ action: `online-${what}.changed`, subjectKind: `online-${what}`, subjectIds: [id], ...told });
  tx.touch('online');
}

export async function changeSettings(
  tx: Tx,
  input: { version: number; settings: OnlineSettings },
): Promise<KeptOnlineSettings> {
  const { version: seen, code: known, ...before } = await readSettings(tx.db);
  const { isOn, holdHours } = input.settings;
  const code = known || newCode();
  const { rows } = await sql<{ version: number }>`
    insert into online_settings as kept (practice_id, code, is_on, hold_hours)
    values (${tx.practiceId}, ${code}, ${isOn}, ${holdHours})
    on conflict (practice_id) do update set is_on = excluded.is_on, hold_hours = excluded.hold_hours,
      version = kept.version + 1
      where kept.version = ${input.version}
    returning version`.execute(tx.db);
  if (seen !== input.version || !rows[0])
    throw stale('online settings', { ...before, code: known, version: seen });
  note(tx, 'settings', tx.practiceId, { before, after: input.settings });
  return { ...input.settings, code, version: rows[0].version };
}

export async function changeType(
  tx: Tx,
  visitTypeId: string,
  { version, type }: { version: number; type: OnlineType },
): Promise<KeptOnlineType> {
  const { rows: types } = await sql`select from visit_types where visit_type_id = ${visitTypeId}`.execute(
    tx.db,
  );
  if (types.length === 0) throw notFound('visit type');
  const before = await readOnlineType(tx.db, visitTypeId);
  const { rows } = await sql<{ version: number }>`
    insert into online_types as kept (practice_id, visit_type_id, open_to, notice_hours, days_ahead, most_open,
      may_move, name_en, name_es, prepare_en, prepare_es)
    values (${tx.practiceId}, ${visitTypeId}, ${type.openTo}, ${type.noticeHours}, ${type.daysAhead},
      ${type.mostOpen}, ${type.mayMove}, ${type.nameEn}, ${type.nameEs}, ${type.prepareEn}, ${type.prepareEs})
    on conflict (practice_id, visit_type_id) do update set open_to = excluded.open_to,
      notice_hours = excluded.notice_hours, days_ahead = excluded.days_ahead, most_open = excluded.most_open,
      may_move = excluded.may_move, name_en = excluded.name_en, name_es = excluded.name_es,
      prepare_en = excluded.prepare_en, prepare_es = excluded.prepare_es, version = kept.version + 1
      where kept.version = ${version}
    returning version`.execute(tx.db);
  if (before.version !== version || !rows[0]) throw stale('visit type', before);
  note(tx, 'type', visitTypeId, { before, after: type });
  return { ...type, visitTypeId, version: rows[0].version };
}

export async function changeSite(
  tx: Tx,
  siteId: string,
  { version, site }: { version: number; site: OnlineSite },
): Promise<KeptOnlineSite> {
  const { rows: sites } = await sql`select from sites where site_id = ${siteId}`.execute(tx.db);
  if (sites.length === 0) throw notFound('site');
  const before = await readOnlineSite(tx.db, siteId);
  const { rows } = await sql<{ version: number }>`
    insert into online_sites as kept (practice_id, site_id, arrive_en, arrive_es)
    values (${tx.practiceId}, ${siteId}, ${site.arriveEn}, ${site.arriveEs})
    on conflict (practice_id, site_id) do update set arrive_en = excluded.arrive_en,
      arrive_es = excluded.arrive_es, version = kept.version + 1
      where kept.version = ${version}
    returning version`.execute(tx.db);
  if (before.version !== version || !rows[0]) throw stale('site', before);
  note(tx, 'site', siteId, { before, after: site });
  return { ...site, siteId, version: rows[0].version };
}
