import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import type { PatientAlert } from '../api.ts';
import { custodyText } from '../custody/rules.ts';
import { Custody, type NewCustody } from '../custody/schema.ts';
import { lockPatient } from '../queries.ts';
import { NewAlert } from '../schema.ts';

export async function addAlert(
  tx: Tx,
  patientId: string,
  input: { text: string; tone?: 'calm' | 'wait' | 'wrong' },
): Promise<PatientAlert> {
  const alert = NewAlert.parse(input);
  const patient = await lockPatient(tx.db, patientId);
  if (!patient || patient.enteredInErrorAt) throw notFound('person');
  const alertId = newId();
  await sql`
    insert into patient_alerts (practice_id, alert_id, patient_id, text, tone, created_at, created_by)
    values (${tx.practiceId}, ${alertId}, ${patientId}, ${alert.text}, ${alert.tone}, ${tx.now},
      ${tx.actor.staffId})`.execute(tx.db);
  tx.audit({
    action: 'patient.alert-added',
    subjectKind: 'patient',
    subjectIds: [patientId, alertId],
    after: alert,
  });
  tx.touch('patients', patientId);
  return { alertId, ...alert, custody: null, createdAt: tx.now.toISOString(), version: 1 };
}

/** A custody note is an alert of the gravest tone that keeps its parts. */
export async function addCustody(tx: Tx, patientId: string, input: NewCustody): Promise<PatientAlert> {
  const custody = Custody.parse(input);
  const alert = await addAlert(tx, patientId, { text: custodyText(custody), tone: 'wrong' });
  await sql`
    update patient_alerts set custody = ${JSON.stringify(custody)}::jsonb
    where alert_id = ${alert.alertId}`.execute(tx.db);
  return { ...alert, custody };
}

type CustodyChange = { version: number; custody: NewCustody };
type KeptAlert = Omit<PatientAlert, 'alertId'>;

/** What a custody note said before is in the audit, and so in the changes of the record. */
export async function changeCustody(
  tx: Tx,
  patientId: string,
  alertId: string,
  input: CustodyChange,
): Promise<PatientAlert> {
  const custody = Custody.parse(input.custody);
  const { rows } = await sql<KeptAlert>`
    select text, tone, custody, created_at, version from patient_alerts
    where alert_id = ${alertId} and patient_id = ${patientId} and entered_in_error_at is null
      and custody is not null
    for update`.execute(tx.db);
  const [before] = rows;
  if (!before) throw notFound('custody note');
  if (before.version !== input.version) throw stale('custody note', { alertId, ...before });
  const text = custodyText(custody);
  await sql`
    update patient_alerts set text = ${text}, custody = ${JSON.stringify(custody)}::jsonb, version = version + 1
    where alert_id = ${alertId}`.execute(tx.db);
  tx.audit({
    action: 'patient.custody-changed',
    subjectKind: 'patient',
    subjectIds: [patientId, alertId],
    before: { text: before.text },
    after: { text },
  });
  tx.touch('patients', patientId);
  return { alertId, ...before, text, custody, version: before.version + 1 };
}

/** Alerts of people who were just registered, many at a time. */
export async function addAlerts(
  tx: Tx,
  input: readonly { patientId: string; text: string; tone: PatientAlert['tone'] }[],
): Promise<void> {
  if (input.length === 0) return;
  const alerts = input.map((one) => ({ alertId: newId(), patientId: one.patientId, ...NewAlert.parse(one) }));
  await sql`
    insert into patient_alerts (practice_id, alert_id, patient_id, text, tone, created_at, created_by)
    select ${tx.practiceId}, r."alertId", r."patientId", r.text, r.tone, ${tx.now}, ${tx.actor.staffId}
    from jsonb_to_recordset(${JSON.stringify(alerts)}::jsonb)
      as r("alertId" uuid, "patientId" uuid, text text, tone text)`.execute(tx.db);
  for (const { alertId, patientId, text, tone } of alerts) {
    tx.audit({
      action: 'patient.alert-added',
      subjectKind: 'patient',
      subjectIds: [patientId, alertId],
      after: { text, tone },
    });
    tx.touch('patients', patientId);
  }
}

export async function removeAlert(
  tx: Tx,
  patientId: string,
  alertId: string,
  input: { version: number; reason: string },
): Promise<void> {
  const { rows } = await sql<{ text: string; tone: string; version: number }>`
    select text, tone, version from patient_alerts
    where alert_id = ${alertId} and patient_id = ${patientId} and entered_in_error_at is null
    for update`.execute(tx.db);
  const alert = rows[0];
  if (!alert) throw notFound('alert');
  if (alert.version !== input.version) throw stale('alert', alert);
  await sql`
    update patient_alerts set entered_in_error_at = ${tx.now}, version = version + 1
    where alert_id = ${alertId}`.execute(tx.db);
  tx.audit({
    action: 'patient.alert-removed',
    subjectKind: 'patient',
    subjectIds: [patientId, alertId],
    reason: input.reason,
    before: { text: alert.text, tone: alert.tone },
  });
  tx.touch('patients', patientId);
}
