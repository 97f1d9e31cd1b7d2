-- owner: schedule
-- What takes a resource's time is kept in one index, the one that forbids taking it twice. It no longer begins with
-- the practice: a resource is of one practice (its key, and now its id alone), which halves what each entry holds
-- beside its time. The index over the same rows by their start goes: who decides about a place asks this one.
create unique index resources_id on resources (resource_id);
alter table visit_resources
  drop constraint no_double_booking,
  add constraint no_double_booking exclude using gist (
    resource_id with =, lane with =, tstzrange(starts_at, ends_at) with &&
  ) where (not released);
drop index visit_resources_busy;

-- As in 0014, but as the owner and by range: row-level security would keep && off the index, since it is not
-- leakproof; the practice is filtered here (docs/decisions/0003-row-level-security.md).
create or replace function frontdesk.open_place(
  patient uuid, wanted uuid[], begun timestamptz, from_at timestamptz, to_at timestamptz, ignored uuid)
returns table (
  person json, version bigint, resources json, busy json, patient_busy json) language plpgsql volatile
security definer set search_path = public, pg_temp as $$
declare mine uuid := frontdesk.practice();
begin
  select row_to_json(p) into person from (
    select patient_id as "patientId", preferred_name as "preferredName", deceased,
      family_name || case when given_name = '' then '' else ', ' || given_name end as "patientName"
    from patients where practice_id = mine and patient_id = patient and entered_in_error_at is null
    for no key update) p;
  select coalesce(json_agg(r), '[]') into resources from (
    select resource_id as "resourceId", capacity, active from resources
    where practice_id = mine and resource_id = any (wanted)
    order by resource_id for no key update) r;
  select last_value into version from counters
    where practice_id = mine and name = 'version:setup';
  select coalesce(json_agg(b), '[]') into busy from (
    select resource_id as "resourceId", lane,
      json_agg(extract(epoch from starts_at)::float8 * 1000) as starts,
      json_agg(extract(epoch from ends_at)::float8 * 1000) as ends
    from visit_resources
    where practice_id = mine and resource_id = any (wanted) and not released
      and tstzrange(starts_at, ends_at) && tstzrange(from_at, to_at)
      and visit_id is distinct from ignored
    group by resource_id, lane) b;
  select coalesce(json_agg(json_build_object('startMs', extract(epoch from starts_at)::float8 * 1000,
      'endMs', extract(epoch from ends_at)::float8 * 1000) order by starts_at), '[]') into patient_busy
    from visits
    where practice_id = mine and patient_id = patient
      and state not in ('cancelled', 'no_show', 'entered_in_error')
      and starts_at > begun and starts_at < to_at and ends_at > from_at and visit_id is distinct from ignored;
  return next;
end $$;
