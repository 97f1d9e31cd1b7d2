-- owner: patients
create table patients (
  practice_id uuid not null references practices,
  patient_id uuid not null,
  mrn text not null,
  family_name text not null check (length(family_name) between 1 and 100),
  given_name text not null default '',
  middle_name text not null default '',
  suffix text not null default '',
  preferred_name text not null default '',
  former_names text[] not null default '{}',
  pronouns text not null default '',
  sex text not null default 'unknown' check (sex in ('female', 'male', 'other', 'unknown')),
  gender_identity text not null default '',
  born_on date,
  deceased_on date,
  deceased boolean not null default false,
  -- BCP 47, e.g. en-US, es
  language text not null default 'en',
  interpreter_needed boolean not null default false,
  marital_status text not null default '',
  email text not null default '',
  -- [{kind, number (E.164), note, preferred, mayText, mayLeaveVoicemail}]
  phones jsonb not null default '[]',
  -- [{kind, line1, line2, city, state, zip, country}]
  addresses jsonb not null default '[]',
  -- [{kind: emergency|authorized|caregiver, name, relationship, phone, note}]
  contacts jsonb not null default '[]',
  -- null: the patient; {patientId} or {name, relationship, phone, address, bornOn}
  guarantor jsonb,
  note text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  entered_in_error_at timestamptz,
  -- kept by the patients feature, folded by rules.ts: lower case, no marks. Byte order, so that a prefix is a range.
  search_family text collate "C" not null,
  search_given text collate "C" not null,
  -- every word of every name, each between blanks: ' vandenberg van den berg jo '
  search_name text collate "C" not null,
  -- MRN and national digits of the phones, each between blanks
  search_digits text collate "C" not null default '',
  primary key (practice_id, patient_id),
  unique (practice_id, mrn)
);
create index patients_family on patients (practice_id, search_family, search_given);
create index patients_given on patients (practice_id, search_given, search_family);
create index patients_born_on on patients (practice_id, born_on);
create index patients_email on patients (practice_id, lower(email)) where email <> '';
-- fastupdate off: the embedded database has no autovacuum that would empty the pending list
create index patients_search_name on patients using gin (search_name gin_trgm_ops) with (fastupdate = off);
create index patients_search_digits on patients using gin (search_digits gin_trgm_ops) with (fastupdate = off);
call frontdesk.protect('patients', 'select, insert, update');

-- What everyone at the desk must see before they speak: allergies to latex, hard of hearing, "use side door".
create table patient_alerts (
  practice_id uuid not null references practices,
  alert_id uuid not null,
  patient_id uuid not null,
  text text not null check (length(text) between 1 and 300),
  tone text not null default 'wait' check (tone in ('calm', 'wait', 'wrong')),
  created_at timestamptz not null,
  created_by uuid,
  entered_in_error_at timestamptz,
  version int not null default 1,
  primary key (practice_id, alert_id),
  foreign key (practice_id, patient_id) references patients
);
create index patient_alerts_patient on patient_alerts (practice_id, patient_id);
call frontdesk.protect('patient_alerts', 'select, insert, update');

-- How a person is known elsewhere (FHIR Patient.identifier).
create table patient_identifiers (
  practice_id uuid not null references practices,
  system text not null,
  value text not null,
  patient_id uuid not null,
  primary key (practice_id, system, value),
  foreign key (practice_id, patient_id) references patients
);
create index patient_identifiers_patient on patient_identifiers (practice_id, patient_id);
call frontdesk.protect('patient_identifiers', 'select, insert, update');

-- The words that names of this practice are made of, to mend a misspelled one. `cuts`: the word and what is left
-- of it without one of its letters; two words that share a cut are one slip apart.
create table patient_words (
  practice_id uuid not null references practices,
  word text collate "C" not null,
  cuts text[] not null,
  primary key (practice_id, word)
);
create index patient_words_cuts on patient_words using gin (cuts) with (fastupdate = off);
create index patient_words_alike on patient_words using gin (word gin_trgm_ops) with (fastupdate = off);
call frontdesk.protect('patient_words', 'select, insert');

-- City and state of ZIP codes, where the practice has loaded a table of them.
create table zip_codes (
  practice_id uuid not null references practices,
  zip text not null check (zip ~ '^[0-9]{5}$'),
  city text not null,
  state text not null,
  primary key (practice_id, zip, city, state)
);
call frontdesk.protect('zip_codes');
-- What the practice's own addresses say of a ZIP code.
create index patients_zip on patients (practice_id, (left(addresses #>> '{0,zip}', 5)));

-- Who this account looked at last.
create index audit_records_people_seen on audit_records (practice_id, account_id, seq)
  where action in ('patient.opened', 'patient.registered', 'patient.changed');

-- Search runs as the owner and filters the practice itself: row-level security would keep LIKE and similarity
-- off their indexes, since those are not leakproof (docs/decisions/0003-row-level-security.md). Plans are made
-- for the given words, since only a known pattern can use an index.
--
-- People whose names hold every word, born in the range, with every run of digits; at most some `most` of each
-- sort, likeliest sorts first. Words are folded; those of one or two letters match only the start of a name's word.
create function frontdesk.find_patients(
  words text[], born_from date, born_to date, digits text[], most int)
returns setof uuid language plpgsql stable security definer rows 40
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  mine uuid := frontdesk.practice();
  -- a word at the start of a name's word, and anywhere in it
  s1 text := '% ' || words[1] || '%'; s2 text := '% ' || words[2] || '%';
  s3 text := '% ' || words[3] || '%'; s4 text := '% ' || words[4] || '%';
  a1 text := case when length(words[1]) > 2 then '%' || words[1] || '%' else s1 end;
  a2 text := case when length(words[2]) > 2 then '%' || words[2] || '%' else s2 end;
  a3 text := case when length(words[3]) > 2 then '%' || words[3] || '%' else s3 end;
  a4 text := case when length(words[4]) > 2 then '%' || words[4] || '%' else s4 end;
  d1 text := digits[1]; d2 text := digits[2];
  prefix text;
  met int := 0; got int;
begin
  if born_from is not null or d1 is not null then
    -- digits that end a number (or are all of it) before those inside one
    return query select p.patient_id from patients p
      where p.practice_id = mine and p.entered_in_error_at is null
        and (born_from is null or p.born_on between born_from and born_to)
        and (d1 is null or p.search_digits like '%' || case when length(d1) < 3 then ' ' else '' end || d1 || ' %')
        and (d2 is null or p.search_digits like '%' || d2 || '%')
        and (a1 is null or p.search_name like a1) and (a2 is null or p.search_name like a2)
        and (a3 is null or p.search_name like a3) and (a4 is null or p.search_name like a4)
      order by p.search_family, p.search_given limit 2 * most;
    get diagnostics met = row_count;
    if d1 is not null and length(d1) > 2 and met < most then
      return query select p.patient_id from patients p
        where p.practice_id = mine and p.entered_in_error_at is null
          and (born_from is null or p.born_on between born_from and born_to)
          and p.search_digits like '%' || d1 || '%' and (d2 is null or p.search_digits like '%' || d2 || '%')
          and (a1 is null or p.search_name like a1) and (a2 is null or p.search_name like a2)
          and (a3 is null or p.search_name like a3) and (a4 is null or p.search_name like a4)
        limit 2 * most;
    end if;
    return;
  end if;
  foreach prefix in array words loop
    return query select p.patient_id from patients p
      where p.practice_id = mine and p.search_family like prefix || '%' and p.entered_in_error_at is null
        and (s2 is null or (p.search_name like s1 and p.search_name like s2))
        and (s3 is null or p.search_name like s3) and (s4 is null or p.search_name like s4)
      order by p.search_family, p.search_given limit most;
    get diagnostics got = row_count;
    met := met + got;
    return query select p.patient_id from patients p
      where p.practice_id = mine and p.search_given like prefix || '%' and p.entered_in_error_at is null
        and (s2 is null or (p.search_name like s1 and p.search_name like s2))
        and (s3 is null or p.search_name like s3) and (s4 is null or p.search_name like s4)
      order by p.search_given, p.search_family limit most;
    get diagnostics got = row_count;
    met := met + got;
  end loop;
  -- middle, preferred and former names, second words of a family name
  if met < most then
    return query select p.patient_id from patients p
      where p.practice_id = mine and p.entered_in_error_at is null
        and p.search_name like s1 and (s2 is null or p.search_name like s2)
        and (s3 is null or p.search_name like s3) and (s4 is null or p.search_name like s4)
      limit 2 * most;
    get diagnostics got = row_count;
    met := met + got;
  end if;
  if met < most then
    return query select p.patient_id from patients p
      where p.practice_id = mine and p.entered_in_error_at is null
        and p.search_name like a1 and (a2 is null or p.search_name like a2)
        and (a3 is null or p.search_name like a3) and (a4 is null or p.search_name like a4)
      limit 2 * most;
  end if;
end $$;

-- Words of this practice's names that are a slip or two away from the given one, nearest first.
create function frontdesk.similar_name_words(wanted text, wanted_cuts text[], most int)
returns table (word text, one_slip boolean, alike real) language plpgsql volatile security definer rows 10
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare mine uuid := frontdesk.practice();
begin
  perform set_config('pg_trgm.word_similarity_threshold', '0.45', true);
  return query
    select w.word, w.cuts && wanted_cuts as one_slip, word_similarity(wanted, w.word) as alike
    from patient_words w
    where w.practice_id = mine and w.word <> wanted and (w.cuts && wanted_cuts or wanted <% w.word)
    order by 2 desc, 3 desc, 1 limit most;
end $$;

-- People who may be the one described: born the same day, the same phone, e-mail, or the same names in either order.
create function frontdesk.like_patients(
  family text, given text, born date, wanted_phones text[], mail text, most int)
returns setof uuid language plpgsql stable security definer rows 40
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare mine uuid := frontdesk.practice();
begin
  return query
    (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.born_on = born limit 4 * most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.search_digits like '% ' || wanted_phones[1] || ' %' limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.search_digits like '% ' || wanted_phones[2] || ' %' limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.email <> '' and lower(p.email) = mail limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.search_family = family and p.search_given = given limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.search_family = given and p.search_given = family limit most);
end $$;

revoke all on function frontdesk.find_patients(text[], date, date, text[], int),
  frontdesk.similar_name_words(text, text[], int),
  frontdesk.like_patients(text, text, date, text[], text, int) from public;
grant execute on function frontdesk.find_patients(text[], date, date, text[], int),
  frontdesk.similar_name_words(text, text[], int),
  frontdesk.like_patients(text, text, date, text[], text, int) to frontdesk_app;
