-- owner: schedule
-- What decides about a place, under its locks, in one round trip: the patient first, then the resources in the
-- order of their ids, and only then what is taken, by a statement that sees what others committed meanwhile
-- (each statement of a volatile function looks anew).
create function frontdesk.open_place(
  patient uuid, wanted uuid[], begun timestamptz, from_at timestamptz, to_at timestamptz, ignored uuid)
returns table (
  person json, version bigint, resources json, busy json, patient_busy json) language plpgsql volatile
set search_path = public, pg_temp as $$
begin
  select row_to_json(p) into person from (
    select patient_id as "patientId", preferred_name as "preferredName", deceased,
      family_name || case when given_name = '' then '' else ', ' || given_name end as "patientName"
    from patients where practice_id = frontdesk.practice() and patient_id = patient and entered_in_error_at is null
    for no key update) p;
  select coalesce(json_agg(r), '[]') into resources from (
    select resource_id as "resourceId", capacity, active from resources
    where practice_id = frontdesk.practice() and resource_id = any (wanted)
    order by resource_id for no key update) r;
  select last_value into version from counters
    where practice_id = frontdesk.practice() and name = 'version:setup';
  select coalesce(json_agg(b), '[]') into busy from (
    select resource_id as "resourceId", lane,
      json_agg(extract(epoch from starts_at)::float8 * 1000) as starts,
      json_agg(extract(epoch from ends_at)::float8 * 1000) as ends
    from visit_resources
    where practice_id = frontdesk.practice() and resource_id = any (wanted) and not released
      and starts_at > begun and starts_at < to_at and ends_at > from_at
      and visit_id is distinct from ignored
    group by resource_id, lane) b;
  select coalesce(json_agg(json_build_object('startMs', extract(epoch from starts_at)::float8 * 1000,
      'endMs', extract(epoch from ends_at)::float8 * 1000) order by starts_at), '[]') into patient_busy
    from visits
    where practice_id = frontdesk.practice() and patient_id = patient
      and state not in ('cancelled', 'no_show', 'entered_in_error')
      and starts_at > begun and starts_at < to_at and ends_at > from_at and visit_id is distinct from ignored;
  return next;
end $$;
revoke all on function frontdesk.open_place(uuid, uuid[], timestamptz, timestamptz, timestamptz, uuid) from public;
grant execute on function frontdesk.open_place(uuid, uuid[], timestamptz, timestamptz, timestamptz, uuid)
  to frontdesk_app;
