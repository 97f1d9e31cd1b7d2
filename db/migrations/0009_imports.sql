-- owner: imports
-- Tables that were taken in, line by line, so that they can be taken back (docs/decisions/0014-csv-imports.md).
create table imports (
  practice_id uuid not null references practices,
  import_id uuid not null,
  kind text not null default 'patients' check (kind in ('patients', 'visits')),
  state text not null default 'ready'
    check (state in ('ready', 'checking', 'checked', 'taking', 'done', 'undoing', 'undone')),
  file_name text not null,
  -- where the file waits, in UTF-8; gone once it was taken, or after a day
  file_path text,
  file_bytes bigint not null,
  delimiter text not null,
  headings text[] not null,
  -- the field that each column holds; '' for one that is not taken
  columns text[] not null default '{}',
  -- {source, dates: mdy|dmy, alsoAlike}
  options jsonb not null default '{}',
  -- where the next line is read: progress and work commit together
  next_offset bigint not null,
  next_line int not null,
  rows_read int not null default 0,
  made int not null default 0,
  same int not null default 0,
  alike int not null default 0,
  faults int not null default 0,
  removed int not null default 0,
  kept int not null default 0,
  created_at timestamptz not null,
  created_by uuid,
  finished_at timestamptz,
  version int not null default 1,
  primary key (practice_id, import_id)
);
create index imports_created on imports (practice_id, created_at);
call frontdesk.protect('imports');

-- What became of a line.
create table import_rows (
  practice_id uuid not null references practices,
  import_id uuid not null,
  -- of the file, where the record begins
  line int not null,
  outcome text not null check (outcome in ('made', 'same', 'alike', 'fault', 'kept')),
  -- the record's number in the old system
  record_key text,
  -- names and birth date, folded
  person_key text,
  record_id uuid,
  -- a visit: its day, and the booking as it was asked for
  on_date date,
  booking jsonb,
  -- [{column, what}], and the line as it stands, for the file of errors
  problems jsonb,
  original text,
  primary key (practice_id, import_id, line),
  foreign key (practice_id, import_id) references imports on delete cascade
);
create index import_rows_record_key on import_rows (practice_id, import_id, record_key) where record_key is not null;
create index import_rows_person_key on import_rows (practice_id, import_id, person_key) where person_key is not null;
create index import_rows_day on import_rows (practice_id, import_id, on_date) where on_date is not null;
create index import_rows_outcome on import_rows (practice_id, import_id, outcome, line);
call frontdesk.protect('import_rows');

-- Take back people that an import made and nobody has touched since; the application itself may delete no one.
-- Whoever was changed, or has anything hanging on them, stays.
create function frontdesk.take_back_patients(wanted uuid, most int)
returns table (patient uuid, number text, gone boolean) language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare mine uuid := frontdesk.practice(); one record; payers text[];
begin
  -- who pays for another person is in use, though no key says so
  select coalesce(array_agg(guarantor ->> 'patientId'), '{}') into payers from patients
    where practice_id = mine and guarantor ->> 'patientId' is not null;
  for one in select r.line, r.record_id, r.record_key, p.mrn, i.options ->> 'source' as source, p.version
    from import_rows r join imports i using (practice_id, import_id)
    join patients p on p.practice_id = r.practice_id and p.patient_id = r.record_id
    where r.practice_id = mine and r.import_id = wanted and i.state = 'undoing' and i.kind = 'patients'
      and r.outcome = 'made' order by r.line limit most
  loop
    patient := one.record_id; number := one.mrn; gone := false;
    begin
      if one.version = 1 and not one.record_id::text = any (payers) then
        delete from patient_identifiers where practice_id = mine and patient_id = one.record_id
          and system = 'urn:frontdesk:source:' || one.source and value = one.record_key;
        delete from patients p where p.practice_id = mine and p.patient_id = one.record_id and p.version = 1
          and p.entered_in_error_at is null and p.created_at = p.updated_at;
        gone := found;
      end if;
    exception when foreign_key_violation then gone := false;
    end;
    if gone then
      delete from import_rows r where r.practice_id = mine and r.import_id = wanted and r.line = one.line;
    else
      update import_rows r set outcome = 'kept' where r.practice_id = mine and r.import_id = wanted and r.line = one.line;
    end if;
    return next;
  end loop;
end $$;

-- Words of names that nobody bears any more.
create function frontdesk.forget_unborne_words() returns void language sql volatile security definer
set search_path = public, pg_temp as $$
  delete from patient_words w where w.practice_id = frontdesk.practice() and not exists (
    select from (select distinct regexp_replace(word, '[0-9]', '', 'g') as word from patients p,
      unnest(string_to_array(btrim(p.search_name), ' ')) word where p.practice_id = frontdesk.practice()) borne
    where borne.word = w.word)
$$;

-- As take_back_patients, for visits that are still as they were booked.
create function frontdesk.take_back_visits(wanted uuid, most int)
returns table (visit uuid, number text, gone boolean, begins timestamptz, zone text) language plpgsql volatile
security definer set search_path = public, pg_temp as $$
declare mine uuid := frontdesk.practice(); one record;
begin
  for one in select r.line, r.record_id, v.version, v.state, v.starts_at, s.time_zone, p.mrn
    from import_rows r join imports i using (practice_id, import_id)
    join visits v on v.practice_id = r.practice_id and v.visit_id = r.record_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
    where r.practice_id = mine and r.import_id = wanted and i.state = 'undoing' and i.kind = 'visits'
      and r.outcome = 'made' order by r.line limit most for update of v
  loop
    visit := one.record_id; number := one.mrn; begins := one.starts_at; zone := one.time_zone; gone := false;
    begin
      if one.version = 1 and one.state = 'booked' then
        delete from visit_resources v where v.practice_id = mine and v.visit_id = one.record_id;
        delete from visit_steps v where v.practice_id = mine and v.visit_id = one.record_id;
        delete from visits v where v.practice_id = mine and v.visit_id = one.record_id;
        gone := true;
      end if;
    exception when foreign_key_violation then gone := false;
    end;
    if gone then
      delete from import_rows r where r.practice_id = mine and r.import_id = wanted and r.line = one.line;
    else
      update import_rows r set outcome = 'kept' where r.practice_id = mine and r.import_id = wanted and r.line = one.line;
    end if;
    return next;
  end loop;
end $$;

revoke all on function frontdesk.take_back_patients(uuid, int), frontdesk.forget_unborne_words(),
  frontdesk.take_back_visits(uuid, int) from public;
grant execute on function frontdesk.take_back_patients(uuid, int), frontdesk.forget_unborne_words(),
  frontdesk.take_back_visits(uuid, int) to frontdesk_app;
