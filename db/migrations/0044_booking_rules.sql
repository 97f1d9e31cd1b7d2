-- owner: schedule
-- The practice's own rules of booking: what is not booked when, and how many at most.
create table booking_rules (
  practice_id uuid not null references practices,
  rule_id uuid not null,
  -- as the office says it, and as a refusal tells it
  words text not null check (length(words) between 3 and 200),
  effect text not null check (effect in ('refuse', 'warn')),
  -- empty: every visit type, every weekday (1 Monday to 7 Sunday), every physician
  visit_type_ids uuid[] not null default '{}',
  weekdays int[] not null default '{}' check (weekdays <@ '{1,2,3,4,5,6,7}'),
  physician_ids uuid[] not null default '{}',
  -- when the visit starts, in the wall time of its site: from included, to not; null: the whole day
  starts_local text check (starts_local ~ '^[0-2][0-9]:[0-5][0-9]$'),
  ends_local text check (ends_local ~ '^[0-2][0-9]:[0-5][0-9]$'),
  from_date date,
  to_date date,
  -- new: not seen here within three years before
  patients text not null default 'any' check (patients in ('any', 'new', 'established')),
  -- so many at most per physician; null: none at all
  limit_count int check (limit_count between 1 and 200),
  limit_per text check (limit_per in ('day', 'half-day')),
  active boolean not null default true,
  position int not null default 0,
  version int not null default 1,
  primary key (practice_id, rule_id),
  check ((starts_local is null) = (ends_local is null)),
  check (ends_local > starts_local),
  check (to_date >= from_date),
  check ((limit_count is null) = (limit_per is null))
);
call frontdesk.protect('booking_rules', 'select, insert, update');

-- What the rules ask besides the place: whether someone is new here, and what else their physician has that day. A
-- volatile function looks anew, so that what is counted is as it is under the locks of open_place, which its caller
-- asks first.
create function frontdesk.ruled_facts(
  patient uuid, physicians uuid[], types uuid[], seen_from timestamptz, seen_to timestamptz, from_at timestamptz,
  to_at timestamptz, ignored uuid, after bigint)
returns table (seen boolean, counted json) language plpgsql volatile set search_path = public, pg_temp as $$
begin
  select exists (
    select from visits where practice_id = frontdesk.practice() and patient_id = patient
      and state in ('arrived', 'in_room', 'with_physician', 'checked_out')
      and starts_at >= seen_from and starts_at < seen_to and visit_id is distinct from ignored) into seen;
  select coalesce(json_agg(json_build_object('physicianId', v.physician_id, 'visitTypeId', v.visit_type_id,
      'startMs', extract(epoch from v.starts_at)::float8 * 1000,
      'isNew', not exists (
        select from visits e where e.practice_id = v.practice_id and e.patient_id = v.patient_id
          and e.state in ('arrived', 'in_room', 'with_physician', 'checked_out')
          and e.starts_at < v.starts_at and e.starts_at >= v.starts_at - (seen_to - seen_from)))), '[]') into counted
    from visits v
    where v.practice_id = frontdesk.practice() and v.starts_at >= from_at and v.starts_at < to_at
      and v.physician_id = any (physicians) and (types = '{}' or v.visit_type_id = any (types))
      and v.state not in ('cancelled', 'no_show', 'entered_in_error')
      and v.visit_id is distinct from ignored;
  return next;
end $$;
revoke all on function frontdesk.ruled_facts(uuid, uuid[], uuid[], timestamptz, timestamptz, timestamptz,
  timestamptz, uuid, bigint)
  from public;
grant execute on function frontdesk.ruled_facts(uuid, uuid[], uuid[], timestamptz, timestamptz, timestamptz,
  timestamptz, uuid, bigint)
  to frontdesk_app;
