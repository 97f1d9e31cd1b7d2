-- owner: schedule
-- An opening that a desk holds while someone is on the phone. It takes the time of physician, rooms and devices in
-- the same table and under the same exclusion constraint as a visit does, so that neither can take what the other
-- has. A hold that has expired takes nothing: who looks passes over it, and who decides about a place removes it
-- first, under its locks (open_place); nobody has to tidy up for the time to be free.
create table holds (
  practice_id uuid not null references practices,
  hold_id uuid not null,
  account_id uuid not null,
  staff_id uuid,
  visit_type_id uuid not null,
  site_id uuid not null,
  physician_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (practice_id, hold_id),
  foreign key (practice_id, staff_id) references staff,
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, site_id) references sites,
  foreign key (practice_id, physician_id) references resources,
  check (ends_at > starts_at and ends_at <= starts_at + interval '1 day'),
  check (expires_at > created_at and expires_at <= created_at + interval '1 day')
);
call frontdesk.protect('holds', 'select, insert, update, delete');

alter table visit_resources
  drop constraint visit_resources_pkey,
  alter column visit_id drop not null,
  add column hold_id uuid,
  add constraint visit_resources_once unique (practice_id, visit_id, resource_id),
  add constraint visit_resources_of_one check ((visit_id is null) <> (hold_id is null)),
  add constraint visit_resources_hold foreign key (practice_id, hold_id) references holds on delete cascade;
create unique index visit_resources_held on visit_resources (practice_id, hold_id, resource_id)
  where hold_id is not null;

-- As in 0020, and first, once the resources are locked: holds that have expired, and the one that is being booked, give
-- their time back. Without holds in the practice that costs one look into an empty index.
drop function frontdesk.open_place(uuid, uuid[], timestamptz, timestamptz, timestamptz, uuid);
create function frontdesk.open_place(
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
      and (h.expires_at <= as_of or (h.hold_id = own_hold and h.account_id = own_account))
      and (h.hold_id = own_hold or exists (
        select from visit_resources o
        where o.practice_id = mine and o.hold_id = h.hold_id and o.resource_id = any (wanted)));
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
revoke all on function frontdesk.open_place(
  uuid, uuid[], timestamptz, timestamptz, timestamptz, uuid, timestamptz, uuid, uuid) from public;
grant execute on function frontdesk.open_place(
  uuid, uuid[], timestamptz, timestamptz, timestamptz, uuid, timestamptz, uuid, uuid) to frontdesk_app;
