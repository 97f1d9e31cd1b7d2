import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { versionColumn } from '../../../platform/db/versions.ts';
import type { BookingRule } from '../booking-rules/rules.ts';
import { type BusyRow, type ExternalBusy, toExternalBusy } from '../calendars/rules.ts';
import { usualSettings } from '../flow/rules.ts';
import type { FlowLimits } from '../flow/schema.ts';
import type { SlotCode } from '../slot-codes/rules.ts';
import type { Closure, HoursException, Site, WeeklyHours } from './rules.ts';

export type ResourceKind = 'physician' | 'room' | 'device';
export type ScheduleResource = {
  resourceId: string;
  kind: ResourceKind;
  name: string;
  siteId: string | null;
  capacity: number;
  active: boolean;
};

export type VisitTypeNeed = { kind: 'room' | 'device'; resourceIds: string[] };
export type ScheduleVisitType = {
  visitTypeId: string;
  name: string;
  code: string;
  color: string;
  minutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  minutesByPhysician: Record<string, number>;
  needs: VisitTypeNeed[];
  physicianIds: string[];
  /** null: as the practice wants. */
  noticeHours: number | null;
  active: boolean;
};

/** Everything that says when a resource works, as rows; hours/rules.ts makes intervals of it. */
export type HoursFacts = {
  resources: ScheduleResource[];
  sites: (Site & { active: boolean })[];
  weekly: WeeklyHours[];
  exceptions: HoursException[];
  closures: Closure[];
  /** Whether the practice ever planned a group session: who reads a day asks for them only then. */
  hasGroups?: boolean;
  /** By calendars outside the office. */
  externalBusy: ExternalBusy;
  /** Also those out of use: past hours may carry them. */
  slotCodes: SlotCode[];
};

/** A column of `HoursFacts` each, so that they come in one round trip with whatever else a query asks. */
function hoursColumns(from: string, to: string) {
  return sql`
    (select coalesce(json_agg(json_build_object('resourceId', resource_id, 'kind', kind, 'name', name,
        'siteId', site_id, 'capacity', capacity, 'active', active)
        order by array_position('{physician,room,device}'::text[], kind), position, name, resource_id), '[]')
      from resources) as resources,
    (select coalesce(json_agg(json_build_object('id', site_id, 'timeZone', time_zone, 'name', name,
        'active', active)
        order by position, name), '[]') from sites) as sites,
    (select coalesce(json_agg(json_build_object('resourceId', resource_id, 'siteId', site_id,
        'weekday', weekday, 'startsLocal', starts_local, 'endsLocal', ends_local,
        'effectiveFrom', effective_from, 'effectiveTo', effective_to, 'slotCodeId', slot_code_id,
        'everyWeeks', every_weeks, 'weekOf', week_of)
        order by resource_id, weekday, starts_local, hours_id), '[]')
      from weekly_hours where removed_at is null and effective_from <= ${to}::date) as weekly,
    (select coalesce(json_agg(json_build_object('exceptionId', exception_id, 'version', version,
        'resourceId', resource_id, 'siteId', site_id, 'onDate', on_date, 'kind', kind, 'startsLocal', starts_local, 'endsLocal', ends_local, 'note', note)
        order by on_date, resource_id, exception_id), '[]')
      from hours_exceptions
      where removed_at is null and on_date >= ${from}::date and on_date <= ${to}::date) as exceptions,
    (select coalesce(json_agg(json_build_object('siteId', site_id, 'onDate', on_date, 'name', name)
        order by on_date, closure_id), '[]')
      from closures
      where removed_at is null and on_date >= ${from}::date and on_date <= ${to}::date) as closures,
    (select coalesce(json_agg(json_build_object('slotCodeId', slot_code_id, 'code', code, 'name', name,
        'color', color, 'visitTypeIds', visit_type_ids, 'releaseHours', release_hours, 'active', active)
        order by position, code), '[]') from slot_codes) as slot_codes`;
}

/** Busy times of calendars outside the office as one column, a row a physician. */
function externalBusyColumn(from: string, to: string) {
  return sql`
    (select coalesce(json_agg(json_build_object('resourceId', b.physician_id, 'starts', b.starts, 'ends', b.ends)),
        '[]')
      from (select physician_id, json_agg(extract(epoch from starts_at)::float8 * 1000 order by starts_at) as starts,
          json_agg(extract(epoch from ends_at)::float8 * 1000 order by starts_at) as ends
        from external_busy
        where ends_at > ${from}::date - 1 and starts_at < ${to}::date + 2 group by physician_id) b) as external_busy`;
}

/** The visit types as one column; all of them, since past visits may have a type that is gone. */
function visitTypeColumn() {
  return sql`
    (select coalesce(json_agg(json_build_object('visitTypeId', visit_type_id, 'name', name, 'code', code,
        'color', color, 'minutes', minutes, 'bufferBeforeMinutes', buffer_before_minutes,
        'bufferAfterMinutes', buffer_after_minutes, 'minutesByPhysician', minutes_by_physician,
        'needs', needs, 'physicianIds', physician_ids, 'noticeHours', notice_hours, 'active', active)
        order by position, name, visit_type_id), '[]') from visit_types) as visit_types`;
}

/** The practice's rules of booking as one column, those in use. */
function rulesColumn() {
  return sql`
    (select coalesce(json_agg(json_build_object('ruleId', rule_id, 'words', words, 'effect', effect,
        'visitTypeIds', visit_type_ids, 'weekdays', weekdays, 'physicianIds', physician_ids,
        'startsLocal', starts_local, 'endsLocal', ends_local, 'fromDate', from_date, 'toDate', to_date,
        'patients', patients, 'limitCount', limit_count, 'limitPer', limit_per, 'active', active)
        order by position, rule_id), '[]') from booking_rules where active) as booking_rules`;
}

/** From when on a wait is too long, as one column; null: as usual. */
function limitsColumn() {
  return sql`
    (select json_build_object('waitingMinutes', waiting_minutes, 'inRoomMinutes', in_room_minutes,
      'withPhysicianMinutes', with_physician_minutes, 'noticeHours', notice_hours) from flow_settings) as limits`;
}

export type SetupFacts = HoursFacts & {
  visitTypes: ScheduleVisitType[];
  bookingRules: BookingRule[];
  limits: FlowLimits;
  /** That the practice wants, where a visit type says nothing else. */
  noticeHours: number;
};

/** What takes part in booking between two dates (both included). */
export async function readHoursFacts(db: Db, from: string, to: string): Promise<SetupFacts> {
  const { rows } = await sql<{ version: string | null }>`
    select ${versionColumn('setup')} as version`.execute(db);
  return hoursFactsOf(db, rows[0]?.version ?? null, { from, to });
}

/** The version that each practice was last seen at: a guess, for who checks it (placing/commands.ts). */
const lastVersions = new Map<string, string | null>();
const mostPractices = 10_000;

/** The version to try first. */
export function lastVersion(practiceId: string): string | null {
  return lastVersions.get(practiceId) ?? null;
}

export function noteVersion(practiceId: string, version: string | null): void {
  if (lastVersions.size >= mostPractices) lastVersions.clear();
  lastVersions.set(practiceId, version);
}

/** As readHoursFacts, at a version of the set-up that the caller has read: from memory while it is that one. */
export async function hoursFactsOf(
  db: Db,
  version: string | null,
  { from, to }: { from: string; to: string },
): Promise<SetupFacts> {
  // Whole years, so that every search and every day asks for the same few.
  const years = { from: `${from.slice(0, 4)}-01-01`, to: `${to.slice(0, 4)}-12-31` };
  const facts = await db.remember(`hours ${version} ${years.from} ${years.to}`, null, () =>
    loadHoursFacts(db, years.from, years.to),
  );
  const isBetween = ({ onDate }: { onDate: string }) => from <= onDate && onDate <= to;
  return {
    ...facts,
    exceptions: facts.exceptions.filter(isBetween),
    closures: facts.closures.filter(isBetween),
  };
}

async function loadHoursFacts(db: Db, from: string, to: string): Promise<SetupFacts> {
  type Row = Omit<SetupFacts, 'limits' | 'noticeHours' | 'externalBusy'> & {
    limits: (FlowLimits & { noticeHours: number }) | null;
    externalBusy: BusyRow[];
  };
  const { rows } = await sql<Row>`
    select exists (select from group_sessions) as has_groups, ${hoursColumns(from, to)}, ${visitTypeColumn()}, ${rulesColumn()}, ${limitsColumn()}, ${externalBusyColumn(from, to)}`.execute(
    db,
  );
  const [facts] = rows;
  if (!facts) throw new Error('A select without a from clause answers one row.');
  const { noticeHours, waitingMinutes, inRoomMinutes, withPhysicianMinutes } = facts.limits ?? usualSettings;
  const externalBusy = toExternalBusy(facts.externalBusy);
  return {
    ...facts,
    externalBusy,
    noticeHours,
    limits: { waitingMinutes, inRoomMinutes, withPhysicianMinutes },
  };
}
