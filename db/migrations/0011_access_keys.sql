-- owner: platform
-- Programs that act for an account: an access key is a session of kind 'key'. It has a name, locks never, and
-- ends when it expires or is revoked. `seen_at` says when it was used last, to the minute.
alter table sessions drop constraint sessions_kind_check;
alter table sessions
  add constraint sessions_kind_check check (kind in ('browser', 'bearer', 'key')),
  add column label text not null default '' check (length(label) <= 100),
  add column created_by uuid;
create index sessions_keys on sessions (practice_id, created_at) where kind = 'key';

-- People by what programs search for (FHIR R4, Patient). Runs as the owner, as find_patients does and for the
-- same reason. Words are folded; a name's word is met at its start. `mail` is in lower case, `digits` national.
create function frontdesk.list_people_by(
  ids uuid[], family text, given text, words text[], born_from date, born_to date, digits text, mail text,
  known jsonb, changed_from timestamptz, changed_to timestamptz, most int, skip int)
returns setof uuid language plpgsql stable security definer rows 50
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  mine uuid := frontdesk.practice();
  -- one pattern a word, so that each can use the index
  w1 text := '% ' || words[1] || '%'; w2 text := '% ' || words[2] || '%';
  w3 text := '% ' || words[3] || '%'; w4 text := '% ' || words[4] || '%';
begin
  return query select p.patient_id from patients p
    where p.practice_id = mine and p.entered_in_error_at is null
      and (ids is null or p.patient_id = any (ids))
      and (family is null or p.search_family like family || '%')
      and (given is null or p.search_given like given || '%')
      and (w1 is null or p.search_name like w1) and (w2 is null or p.search_name like w2)
      and (w3 is null or p.search_name like w3) and (w4 is null or p.search_name like w4)
      and (born_from is null or p.born_on >= born_from) and (born_to is null or p.born_on <= born_to)
      and (digits is null or p.search_digits like '% ' || digits || ' %')
      and (mail is null or (p.email <> '' and lower(p.email) = mail))
      and (changed_from is null or p.updated_at >= changed_from)
      and (changed_to is null or p.updated_at < changed_to)
      and (known is null or p.patient_id in (
        select i.patient_id from jsonb_to_recordset(known) k (system text, value text)
        join patient_identifiers i on i.practice_id = mine and i.value = k.value
          and (k.system is null or i.system = k.system)
        union all
        select q.patient_id from jsonb_to_recordset(known) k (system text, value text)
        join patients q on q.practice_id = mine and q.mrn = k.value
          and (k.system is null or k.system = 'urn:uuid:' || mine)))
    order by p.search_family, p.search_given, p.patient_id limit most offset skip;
end $$;
revoke all on function frontdesk.list_people_by(uuid[], text, text, text[], date, date, text, text, jsonb,
  timestamptz, timestamptz, int, int) from public;
grant execute on function frontdesk.list_people_by(uuid[], text, text, text[], date, date, text, text, jsonb,
  timestamptz, timestamptz, int, int) to frontdesk_app;
create index patient_identifiers_value on patient_identifiers (practice_id, value);
