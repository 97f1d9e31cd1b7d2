-- owner: schedule
-- A hold of the office itself, for a feature that offers the time to someone: nobody's desk (account_id all zeros), and
-- where a visit gave the time away it says which. That visit, brought back or moved back by whoever changed their
-- mind, is placed as if the hold were not there.
alter table holds add column freed_by uuid;

create or replace function frontdesk.open_place(
  patient uuid, wanted uuid[], begun timestamptz, from_at timestamptz, to_at timestamptz, ignored uuid,
  as_of timestamptz, own_hold uuid, own_account uuid)
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
  if exists (select from holds where practice_id = mine) then
    delete from holds h
    where h.practice_id = mine
      and (h.expires_at <= as_of or (h.hold_id = own_hold and h.account_id = own_account) or h.freed_by = ignored)
      and (h.hold_id = own_hold or exists (
        select from visit_resources o
        where o.practice_id = mine and o.hold_id = h.hold_id and o.resource_id = any (wanted)
          and (h.expires_at <= as_of or o.starts_at = from_at)));
  end if;
  select last_value into version from counters
    where practice_id = mine and name = 'version:setup';
  select coalesce(json_agg(b), '[]') into busy from (
    select resource_id as "resourceId", lane,
      json_agg(extract(epoch from starts_at)::float8 * 1000) as starts,
      json_agg(extract(epoch from ends_at)::float8 * 1000) as ends
    from visit_resources
    where practice_id = mine and resource_id = any (wanted) and not released
      and tstzrange(starts_at, ends_at) && tstzrange(from_at, to_at)
      and (visit_id is null or visit_id is distinct from ignored)
    group by resource_id, lane) b;
  select coalesce(json_agg(json_build_object('startMs', extract(epoch from starts_at)::float8 * 1000,
      'endMs', extract(epoch from ends_at)::float8 * 1000) order by starts_at), '[]') into patient_busy
    from visits
    where practice_id = mine and patient_id = patient
      and state not in ('cancelled', 'no_show', 'entered_in_error')
      and starts_at > begun and starts_at < to_at and ends_at > from_at and visit_id is distinct from ignored;
  return next;
end $$;
