import { addDays } from '../../../../platform/calendar/dates.ts';
import type { Db } from '../../../../platform/db/database.ts';
import { notFound, stale } from '../../../../platform/refusal.ts';
import { readHoursFacts } from '../../hours/queries.ts';
import { listHours, type WeeklyHours } from '../../hours/rules.ts';
import { listPlaced, outsideOf } from '../../setup/outside/queries.ts';
import { findTemplate, listStanding } from '../queries.ts';
import { applicationPlan, effectOf, hoursAfter, hoursOf, mondayOf } from '../rules.ts';
import type { ApplyTemplate, Preview } from '../schema.ts';

/** Hours without a last day are compared over so many days. */
const daysLookedAt = 84;

/** What applying a template would change: hours gained, lost and kept, and who would then stand outside. */
export async function previewApplication(
  db: Db,
  templateId: string,
  { input, now }: { input: ApplyTemplate; now: Date },
): Promise<Preview> {
  const template = await findTemplate(db, templateId);
  if (!template) throw notFound('template');
  if (template.version !== input.version) throw stale('template', template);
  const { from, to, resourceIds: ids } = input;
  const farthest = addDays(from, daysLookedAt - 1);
  const until = to !== null && to < farthest ? to : farthest;
  const facts = await readHoursFacts(db, from, until);
  const resources = facts.resources.filter((one) => ids.includes(one.resourceId));
  if (resources.length !== new Set(ids).size) throw notFound('resource');
  const range = { from, to, weekOf: mondayOf(input.weekOf ?? from) };
  const standing = await listStanding(db, ids, '1900-01-01');
  const made = resources.flatMap((one) => hoursOf(template, one.resourceId, range));
  const changed = hoursAfter(standing, applicationPlan(standing, range), made);
  const weeklyAfter = (weekly: WeeklyHours[]) => [
    ...weekly.filter((row) => !ids.includes(row.resourceId)),
    ...changed,
  ];
  const look = { ...facts, resources, from, to: until };
  const [before, after] = [listHours(look), listHours({ ...look, weekly: weeklyAfter(facts.weekly) })];
  const placed = await listPlaced(db, now, ids);
  const known = new Set((await outsideOf(db, placed, now)).map((visit) => visit.visitId));
  const outside = (await outsideOf(db, placed, now, weeklyAfter)).filter((one) => !known.has(one.visitId));
  return {
    ...{ from, to: until },
    effects: resources.map(({ resourceId, name }) =>
      effectOf({ resourceId, name, codes: facts.slotCodes }, before, after),
    ),
    outside: { count: outside.length, visits: outside.slice(0, 200) },
  };
}
