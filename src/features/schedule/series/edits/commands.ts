import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { Refusal } from '../../../../platform/refusal.ts';
import { lockAhead } from '../../placing/ahead/commands.ts';
import { lockPlaces } from '../../placing/queries.ts';
import { cancelVisit, undoVisit } from '../../steps/commands.ts';
import { moveVisit } from '../../visits/commands.ts';
import { listVisitsById } from '../../visits/queries.ts';
import { cancelReasonLabels, type Visit } from '../../visits/schema.ts';
import { openSeries, orWhy, raiseVersion } from '../commands.ts';
import { findLastEdit, listPlaces, lockVisits, type PlaceRow, type SeriesBefore } from '../queries.ts';
import { isInScope, moveOrder, shifted, whyLeftAlone } from '../rules.ts';
import type { EditResult, EditSeries } from '../schema.ts';

type Row = Awaited<ReturnType<typeof openSeries>>;
type Target = { place: PlaceRow; visit: Visit; startsAt: string; toStartsAt: string };
type Editing = { series: Row; input: EditSeries; places: PlaceRow[]; targets: Target[] };

/** Edit a series, or rehearse it: each visit meant is changed, or stays and says why. */
export async function applyEdit(tx: Tx, seriesId: string, input: EditSeries) {
  const editing = await openEditing(tx, seriesId, input);
  const changed: { visitId: string; version: number }[] = [];
  const results: EditResult[] = [];
  await lockTargets(tx, editing);
  for (const target of moveOrder(editing.targets)) {
    const done = await editVisit(tx, editing, target);
    if (typeof done !== 'string') changed.push({ visitId: done.visitId, version: done.version });
    results.push(resultOf(target, done));
  }
  results.sort((a, b) => a.placeNo - b.placeNo);
  return { editing, results, changed };
}

async function openEditing(tx: Tx, seriesId: string, input: EditSeries): Promise<Editing> {
  if (input.edit.kind === 'cancel' && !tx.actor.may('visits.cancel'))
    throw new Refusal('not-permitted', 'Your roles do not include cancelling visits. Ask a colleague.');
  const series = await openSeries(tx, seriesId, input.version);
  const places = await listPlaces(tx.db, seriesId);
  const meant = places.filter((one) => isInScope(one.placeNo, input) && one.visitId);
  await lockVisits(
    tx.db,
    meant.flatMap((one) => one.visitId ?? []),
  );
  const visits = await listVisitsById(
    tx.db,
    meant.flatMap((one) => one.visitId ?? []),
  );
  const change = input.edit.kind === 'move' ? input.edit.change : {};
  const targets = meant.flatMap((place) => {
    const visit = visits.find((one) => one.visitId === place.visitId);
    // What is over long since is not even told
    if (!visit || (input.scope !== 'one' && isOver(visit))) return [];
    const { startsAt } = visit;
    return [{ place, visit, startsAt, toStartsAt: shifted(startsAt, change, series.timeZone) }];
  });
  return { series, input, places, targets };
}

function isOver({ state }: Visit): boolean {
  return (
    state === 'cancelled' || state === 'no_show' || state === 'entered_in_error' || state === 'checked_out'
  );
}

async function lockTargets(tx: Tx, { series, input, targets }: Editing): Promise<void> {
  if (input.edit.kind !== 'move') return;
  const { physicianId, resourceIds, minutes } = input.edit.change;
  await lockAhead(
    tx,
    series.patientId,
    targets.map(({ visit, toStartsAt }) => ({
      patientId: visit.patientId,
      visitTypeId: visit.visitTypeId,
      siteId: visit.siteId,
      physicianId: physicianId ?? visit.physicianId,
      resourceIds: resourceIds ?? [],
      startsAt: toStartsAt,
      minutes: minutes ?? visit.minutes,
      ignoreVisitId: visit.visitId,
    })),
  );
}

/** @returns the visit as it is now, or why it stays */
async function editVisit(tx: Tx, { input }: Editing, target: Target): Promise<Visit | string> {
  const { visit, place, startsAt, toStartsAt } = target;
  const nowMs = tx.now.getTime();
  const why = whyLeftAlone(visit, place, { input, nowMs });
  if (why) return why;
  const along = { withSeries: input.scope };
  const { version, visitId } = visit;
  if (input.edit.kind === 'cancel') {
    const { reason, text } = input.edit;
    return cancelVisit(tx, visitId, { version, reason, text }, along);
  }
  const { physicianId, resourceIds, minutes } = input.edit.change;
  if (Date.parse(toStartsAt) <= nowMs) return 'That time has passed.';
  const change = {
    ...(toStartsAt === startsAt ? {} : { startsAt: toStartsAt }),
    ...(physicianId && physicianId !== visit.physicianId ? { physicianId } : {}),
    ...(minutes && minutes !== visit.minutes ? { minutes } : {}),
  };
  const isElsewhere = (id: string) => !visit.resources.some((one) => one.resourceId === id);
  if (Object.keys(change).length === 0 && !resourceIds?.some(isElsewhere))
    return 'It stands like this already.';
  return orWhy(() => moveVisit(tx, visitId, { version, ...change, resourceIds }, along));
}

function resultOf({ place, visit }: Target, done: Visit | string): EditResult {
  const now = typeof done === 'string' ? visit : done;
  return {
    placeNo: place.placeNo,
    visitId: visit.visitId,
    outcome: typeof done === 'string' ? 'stays' : 'changed',
    why: typeof done === 'string' ? done : '',
    startsAt: now.startsAt,
    physicianName: now.physicianName,
    resourceNames: now.resources.filter((one) => one.kind !== 'physician').map((one) => one.name),
    fromStartsAt: visit.startsAt,
  };
}

/** Edit several visits of a series at once; refused when it would change none. */
export async function editSeries(tx: Tx, seriesId: string, input: EditSeries) {
  const { editing, results, changed } = await applyEdit(tx, seriesId, input);
  if (changed.length === 0) throw nothingChanges(results);
  const { series } = editing;
  const before = await changeSeries(tx, editing);
  await insertEdit(tx, editing, before, changed);
  const { kind } = input.edit;
  tx.audit({
    action: kind === 'cancel' ? 'series.cancelled' : 'series.moved',
    subjectKind: 'series',
    subjectIds: [seriesId],
    ...(input.edit.kind === 'cancel' ? { reason: input.edit.reason } : {}),
    after: { scope: input.scope, fromNo: input.fromNo, edit: input.edit, visits: changed.length },
  });
  return { results, version: await raiseVersion(tx, seriesId, series.version) };
}

function nothingChanges(results: readonly EditResult[]): Refusal {
  const why = results.find((one) => one.why)?.why;
  const message = why ? `No visit would change. ${why}` : 'No visit of this series lies ahead.';
  return new Refusal('conflict', message);
}

/** What the series itself wants from now on. An edit of one visit leaves that: the visit stands out of the pattern. */
async function changeSeries(tx: Tx, { series, input, places }: Editing): Promise<SeriesBefore> {
  const { edit, scope } = input;
  const before = { physicianId: series.physicianId, minutes: series.minutes };
  if (scope === 'one') return { ...before, places: [] };
  const nowMs = tx.now.getTime();
  const meant = places.filter((one) => isInScope(one.placeNo, input) && Date.parse(one.wantedAt) > nowMs);
  const changed = meant.map((one) => ({ ...one, ...placeAfter(one, edit, series.timeZone) }));
  await writePlaces(tx, series.seriesId, changed);
  if (edit.kind === 'move') {
    const { physicianId = series.physicianId, minutes = series.minutes } = edit.change;
    await sql`
      update series set physician_id = ${physicianId}, minutes = ${minutes}
      where series_id = ${series.seriesId}`.execute(tx.db);
  }
  return { ...before, places: meant.map(({ visitId: _visitId, ...place }) => place) };
}

function placeAfter(place: PlaceRow, edit: EditSeries['edit'], timeZone: string): Partial<PlaceRow> {
  if (edit.kind === 'move') {
    const { physicianId = place.physicianId } = edit.change;
    return { wantedAt: shifted(place.wantedAt, edit.change, timeZone), physicianId };
  }
  if (place.state !== 'owed') return {};
  return {
    state: 'given_up',
    why: `The series was cancelled: ${cancelReasonLabels[edit.reason].toLowerCase()}.`,
  };
}

async function writePlaces(tx: Tx, seriesId: string, places: SeriesBefore['places']): Promise<void> {
  const rows = places.map(({ placeNo, wantedAt, physicianId, state, why }) => {
    return { placeNo, wantedAt, physicianId, state, why };
  });
  await sql`
    update series_places o set wanted_at = r."wantedAt", physician_id = r."physicianId", state = r.state, why = r.why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("placeNo" int, "wantedAt" timestamptz,
      "physicianId" uuid, state text, why text)
    where o.series_id = ${seriesId} and o.place_no = r."placeNo"`.execute(tx.db);
}

type Changed = { visitId: string; version: number }[];

async function insertEdit(tx: Tx, { series, input }: Editing, before: SeriesBefore, visits: Changed) {
  const { scope, fromNo, edit } = input;
  const kind = edit.kind === 'cancel' ? 'cancelled' : 'moved';
  await sql`
    insert into series_edits (practice_id, series_id, edit_no, kind, detail, before, visits, at, by_staff_id)
    select ${tx.practiceId}, ${series.seriesId}, coalesce(max(edit_no), 0) + 1, ${kind},
      ${JSON.stringify({ scope, fromNo, edit })}::jsonb, ${JSON.stringify(before)}::jsonb,
      ${JSON.stringify(visits)}::jsonb, ${tx.now}, ${tx.actor.staffId}
    from series_edits where series_id = ${series.seriesId}`.execute(tx.db);
}

/** Take back the last edit of a series, all of it or nothing: while those visits are as it left them. */
export async function undoEdit(tx: Tx, seriesId: string, { version }: { version: number }) {
  const series = await openSeries(tx, seriesId, version);
  const edit = await findLastEdit(tx.db, seriesId);
  if (!edit) throw new Refusal('conflict', 'There is no edit of this series to undo.');
  const ids = edit.visits.map((one) => one.visitId);
  await lockVisits(tx.db, ids);
  const visits = new Map((await listVisitsById(tx.db, ids)).map((one) => [one.visitId, one]));
  const touched = edit.visits.filter((one) => visits.get(one.visitId)?.version !== one.version).length;
  if (touched > 0) throw changedSince(touched);
  await lockPlaces(tx.db, series.patientId, await listResourcesBefore(tx, ids));
  // Backwards: each stands again where it stood when its step was taken
  for (const { visitId, version: left } of [...edit.visits].reverse())
    await undoVisit(tx, visitId, { version: left }).catch(asWhole);
  await writePlaces(tx, seriesId, stillOpen(edit.before, await listPlaces(tx.db, seriesId)));
  await sql`
    update series set physician_id = ${edit.before.physicianId}, minutes = ${edit.before.minutes}
    where series_id = ${seriesId}`.execute(tx.db);
  await sql`
    update series_edits set undone_at = ${tx.now}, undone_by = ${tx.actor.staffId}
    where series_id = ${seriesId} and edit_no = ${edit.editNo}`.execute(tx.db);
  const after = { editNo: edit.editNo, visits: ids.length };
  tx.audit({ action: 'series.undone', subjectKind: 'series', subjectIds: [seriesId], after });
  return { visits: ids.length, version: await raiseVersion(tx, seriesId, version) };
}

/** A place that was booked since the edit stays booked. */
function stillOpen({ places }: SeriesBefore, now: readonly PlaceRow[]): SeriesBefore['places'] {
  return places.map((place) => {
    const current = now.find((one) => one.placeNo === place.placeNo);
    return current?.state === 'booked' ? { ...place, state: 'booked', why: '' } : place;
  });
}

function changedSince(count: number): Refusal {
  const which = count === 1 ? 'One of these visits was' : `${count} of these visits were`;
  return new Refusal(
    'conflict',
    `${which} changed since. This edit can no longer be undone as a whole: undo or move single visits.`,
  );
}

function asWhole(error: unknown): never {
  if (!(error instanceof Refusal) || error.code !== 'conflict') throw error;
  const message = `This edit cannot be undone as a whole, and nothing was changed. ${error.message}`;
  throw new Refusal('conflict', message);
}

/** What these visits occupied before their last step, and do now: what undoing takes again. */
async function listResourcesBefore(tx: Tx, visitIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ resourceId: string }>`
    select resource_id from visit_resources where visit_id = any (${[...visitIds]}::uuid[])
    union
    select (r ->> 'resourceId')::uuid from visit_steps x, jsonb_array_elements(x.before -> 'resources') r
    where x.visit_id = any (${[...visitIds]}::uuid[]) and x.undone_at is null and x.before ? 'resources'
    order by resource_id limit 500`.execute(tx.db);
  return rows.map((row) => row.resourceId);
}
