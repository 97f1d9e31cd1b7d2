-- owner: patients
-- Who else a guarantor pays for. As the search, it runs as the owner and filters the practice itself.
create index patients_guarantor_patient on patients (practice_id, (guarantor ->> 'patientId'))
  where (guarantor ->> 'patientId') is not null;
create index patients_guarantor_name on patients (practice_id, lower(guarantor ->> 'name'))
  where lower(guarantor ->> 'name') is not null;

-- People whom one of these patients pays for, or this person outside: the same name with the same phone or birth date.
create function frontdesk.paid_by(payer_ids text[], payer_name text, payer_phone text, payer_born text, most int)
returns setof uuid language plpgsql stable security definer rows 10
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare mine uuid := frontdesk.practice();
begin
  return query
    (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.guarantor ->> 'patientId' = any (payer_ids) limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and lower(p.guarantor ->> 'name') = lower(payer_name)
       and ((payer_phone <> '' and p.guarantor ->> 'phone' = payer_phone)
         or (payer_born <> '' and p.guarantor ->> 'bornOn' = payer_born)) limit most);
end $$;
revoke all on function frontdesk.paid_by(text[], text, text, text, int) from public;
grant execute on function frontdesk.paid_by(text[], text, text, text, int) to frontdesk_app;

-- Someone who came of age was asked who pays now, and who may hear what.
create table adult_reviews (
  practice_id uuid not null references practices,
  review_id uuid not null,
  patient_id uuid not null,
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, review_id),
  foreign key (practice_id, patient_id) references patients
);
create index adult_reviews_patient on adult_reviews (practice_id, patient_id);
create index adult_reviews_at on adult_reviews (practice_id, at);
call frontdesk.protect('adult_reviews', 'select, insert, update');

-- Where a paper chart is. A move ends the one before it; after a merge a person may have two charts.
create table chart_moves (
  practice_id uuid not null references practices,
  move_id uuid not null,
  patient_id uuid not null,
  -- the shelf it stands on, or belongs to while it is out
  shelf text not null default '' check (length(shelf) <= 80),
  -- who has it; '' on the shelf
  out_to text not null default '' check (length(out_to) <= 80),
  note text not null default '',
  at timestamptz not null,
  by_staff_id uuid,
  -- when the next move began; null: it is there now
  ended_at timestamptz,
  primary key (practice_id, move_id),
  foreign key (practice_id, patient_id) references patients,
  check (shelf <> '' or out_to <> ''),
  check (ended_at >= at)
);
create index chart_moves_patient on chart_moves (practice_id, patient_id, at);
create index chart_moves_out on chart_moves (practice_id, at) where ended_at is null and out_to <> '';
call frontdesk.protect('chart_moves', 'select, insert, update');

-- After how many days out a chart is asked for; seven until the practice says otherwise.
create table chart_settings (
  practice_id uuid not null references practices,
  out_days int not null check (out_days between 1 and 365),
  version int not null default 1,
  primary key (practice_id)
);
call frontdesk.protect('chart_settings', 'select, insert, update');
