import { sql } from 'kysely';
import { addDays } from '../../../../platform/calendar/dates.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { touchVersion } from '../../../../platform/db/versions.ts';
import { newId } from '../../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../../platform/refusal.ts';
import { todayHere } from '../../setup/hours/commands.ts';
import { withOutside } from '../../setup/outside/commands.ts';
import {
  findTemplate,
  type LockedApplication,
  type LockedResource,
  listAllRows,
  listStanding,
  lockApplication,
  lockResources,
} from '../queries.ts';
import {
  type ApplicationPlan,
  applicationPlan,
  type Changes,
  hoursOf,
  isUntouched,
  mondayOf,
  type NewHours,
} from '../rules.ts';
import { ApplyTemplate } from '../schema.ts';

/**
 * Let resources work by a template from one day to another. Their hours give way to it in the range and go on as
 * they were after it; no visit is moved or cancelled, and those that are left outside are said and become a duty.
 */
export async function applyTemplate(tx: Tx, templateId: string, asked: ApplyTemplate) {
  const input = ApplyTemplate.parse(asked);
  const template = await findTemplate(tx.db, templateId, 'lock');
  if (!template) throw notFound('template');
  if (template.version !== input.version) throw stale('template', template);
  if (!template.active) throw new Refusal('conflict', `${template.name} is out of use. Bring it back first.`);
  const resources = await lockResources(tx.db, [...new Set(input.resourceIds)]);
  await refuseWrong(tx, input, resources);
  const range = { from: input.from, to: input.to, weekOf: mondayOf(input.weekOf ?? input.from) };
  const ids = resources.map((one) => one.resourceId);
  return withOutside(tx, ids, async () => {
    const plan = applicationPlan(await listStanding(tx.db, ids, input.from), range);
    const changes = await carryOut(
      tx,
      plan,
      ids.flatMap((id) => hoursOf(template, id, range)),
    );
    const applicationId = newId();
    await sql`
      insert into template_applications (practice_id, application_id, template_id, template_version,
        resource_ids, from_date, to_date, week_of, changes, applied_at, applied_by)
      values (${tx.practiceId}, ${applicationId}, ${templateId}, ${template.version}, ${ids}::uuid[],
        ${range.from}::date, ${range.to}::date, ${range.weekOf}::date, ${JSON.stringify(changes)}::jsonb,
        ${tx.now}, ${tx.actor.staffId})`.execute(tx.db);
    tx.audit({
      action: 'template.applied',
      subjectKind: 'template',
      subjectIds: [templateId, applicationId, ...ids],
      after: { ...range, resourceIds: ids, templateVersion: template.version, changes },
    });
    await touchHours(tx, ids);
    return { applicationId };
  });
}

async function refuseWrong(tx: Tx, input: ApplyTemplate, resources: LockedResource[]): Promise<void> {
  if (resources.length !== new Set(input.resourceIds).size) throw notFound('resource');
  const unused = resources.find((one) => !one.active);
  if (unused) throw new Refusal('conflict', `${unused.name} is out of use. Leave it out.`);
  // A site west of the practice may still have yesterday
  if (input.from < addDays(await todayHere(tx), -1)) {
    const message = 'This day is past. Choose today or a day to come.';
    throw new Refusal('bad-input', message, { fields: { from: message } });
  }
  if (input.to !== null && input.to < input.from) {
    const message = 'The last day comes before the first.';
    throw new Refusal('bad-input', message, { fields: { to: message } });
  }
  if (input.to === null) return;
  const others = resources.filter((one) => one.kind !== 'physician').map((one) => one.resourceId);
  const rows = await listAllRows(tx.db, others);
  if (others.length === 0 || rows.some((row) => !row.removed)) return;
  const [first] = resources.filter((one) => one.kind !== 'physician');
  const message = `${first?.name} is there whenever its site is. Apply without a last day, or set its weekly hours first.`;
  throw new Refusal('conflict', message, { fields: { to: message } });
}

/** Write what the plan says, and say what was written. */
async function carryOut(tx: Tx, plan: ApplicationPlan, made: NewHours[]): Promise<Changes> {
  const goOn = plan.go.map(({ of, from }) => ({ ...of, effectiveFrom: from }));
  const rows = [...made, ...goOn].map((row) => ({ ...row, hoursId: newId() }));
  const idsOf = (list: { hoursId: string }[]) => list.map((row) => row.hoursId);
  await sql`
    update weekly_hours set effective_to = ${plan.lastDay}::date, version = version + 1
    where practice_id = ${tx.practiceId} and hours_id = any (${idsOf(plan.end)}::uuid[])`.execute(tx.db);
  await sql`
    update weekly_hours set removed_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and hours_id = any (${idsOf(plan.remove)}::uuid[])`.execute(tx.db);
  await sql`
    insert into weekly_hours (practice_id, hours_id, resource_id, site_id, weekday, starts_local, ends_local,
      effective_from, effective_to, slot_code_id, every_weeks, week_of)
    select ${tx.practiceId}, r."hoursId", r."resourceId", r."siteId", r.weekday, r."startsLocal", r."endsLocal",
      r."effectiveFrom", r."effectiveTo", r."slotCodeId", r."everyWeeks", r."weekOf"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("hoursId" uuid, "resourceId" uuid,
      "siteId" uuid, weekday int, "startsLocal" text, "endsLocal" text, "effectiveFrom" date,
      "effectiveTo" date, "slotCodeId" uuid, "everyWeeks" int, "weekOf" date)`.execute(tx.db);
  return {
    ended: plan.end.map(({ hoursId, effectiveTo }) => ({ hoursId, effectiveTo })),
    removed: idsOf(plan.remove),
    inserted: rows.map(({ hoursId, effectiveTo }) => ({ hoursId, effectiveTo })),
  };
}

/** Whoever has the week of one of them open is told that it changed. */
async function touchHours(tx: Tx, resourceIds: readonly string[]): Promise<void> {
  await sql`
    update resources set version = version + 1
    where practice_id = ${tx.practiceId} and resource_id = any (${[...resourceIds]}::uuid[])`.execute(tx.db);
  await touchVersion(tx, 'setup', ...resourceIds);
}

/** Take an application back as a whole: the hours are what they were, as long as nothing changed them since. */
export async function undoApplication(tx: Tx, applicationId: string) {
  const application = await lockApplication(tx.db, applicationId);
  if (!application) throw notFound('application');
  if (application.undoneAt) throw new Refusal('conflict', 'This was taken back already.');
  const { resourceIds, changes, fromDate, toDate } = application;
  const resources = await lockResources(tx.db, resourceIds);
  if (!isUntouched(changes, await listAllRows(tx.db, resourceIds), { from: fromDate, to: toDate })) {
    const names = resources.map((one) => one.name).join(', ');
    throw new Refusal(
      'conflict',
      `The hours of ${names} were changed after this, so it cannot be taken back. Apply another template, or change them under Hours.`,
    );
  }
  return withOutside(tx, resourceIds, async () => {
    await restore(tx, application);
    const subjectIds = [application.templateId, applicationId, ...resourceIds];
    tx.audit({ action: 'template.undone', subjectKind: 'template', subjectIds, before: { changes } });
    await touchHours(tx, resourceIds);
    return {};
  });
}

async function restore(tx: Tx, { applicationId, changes }: LockedApplication): Promise<void> {
  await sql`
    update weekly_hours set removed_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and hours_id = any (${changes.inserted.map((one) => one.hoursId)}::uuid[])`.execute(
    tx.db,
  );
  await sql`
    update weekly_hours set removed_at = null, version = version + 1
    where practice_id = ${tx.practiceId}
      and hours_id = any (${changes.removed}::uuid[])`.execute(tx.db);
  await sql`
    update weekly_hours h set effective_to = r."effectiveTo", version = h.version + 1
    from jsonb_to_recordset(${JSON.stringify(changes.ended)}::jsonb) as r("hoursId" uuid, "effectiveTo" date)
    where h.practice_id = ${tx.practiceId} and h.hours_id = r."hoursId"`.execute(tx.db);
  await sql`
    update template_applications set undone_at = ${tx.now}, undone_by = ${tx.actor.staffId}
    where practice_id = ${tx.practiceId} and application_id = ${applicationId}`.execute(tx.db);
}
