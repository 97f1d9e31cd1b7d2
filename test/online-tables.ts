import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { changeSettings, changeSite, changeType } from '../src/features/self-service/settings/commands.ts';
import { listOnlineSites, listOnlineTypes } from '../src/features/self-service/settings/queries.ts';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A row in each of the tables of patients' pages, for tests that walk over every table. */
export async function fillOnline(practice: TestPractice, plan: TestSchedule): Promise<void> {
  const { practiceId } = practice;
  await practice.tx(async (tx) => {
    await changeSettings(tx, { version: 0, settings: { isOn: true, holdHours: 4 } });
    for (const { visitTypeId, version, name: _, active: __, ...type } of await listOnlineTypes(tx.db))
      await changeType(tx, visitTypeId, { version, type: { ...type, nameEn: '=Visit' } });
    for (const { siteId, version } of await listOnlineSites(tx.db))
      await changeSite(tx, siteId, { version, site: { arriveEn: '-park', arriveEs: '@aparcar' } });
    await sql`insert into patient_links (practice_id, link_id, token_hash, purpose, subject_id, patient_id, made_at,
        expires_at)
      select ${practiceId}, ${randomUUID()}, decode(repeat('ab', 32), 'hex'), 'visit', v.visit_id, v.patient_id, now(),
        now() + interval '1 day'
      from visits v order by v.visit_id limit 1`.execute(tx.db);
    await sql`insert into online_acts (practice_id, act_id, patient_id, visit_id, act, text, at)
      select ${practiceId}, ${randomUUID()}, v.patient_id, v.visit_id, 'wrote', '=1', now()
      from visits v order by v.visit_id limit 1`.execute(tx.db);
    await sql`insert into online_requests (practice_id, request_id, visit_type_id, site_id, physician_id, starts_at,
        ends_at, given_name, family_name, born_on, phone, language, says_new, asked_at, why)
      values (${practiceId}, ${randomUUID()}, ${plan.newPatient}, ${plan.main}, ${plan.lee}, '2026-03-20T15:00:00Z',
        '2026-03-20T15:30:00Z', '@Vi', '=Asker', '1980-01-02', '+15185550177', 'es', true, now(), 'new')`.execute(
      tx.db,
    );
  });
}
