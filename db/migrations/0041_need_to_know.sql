-- owner: privacy
-- Need to know (45 CFR 164.502(b), 164.514(d)): why someone opened a record of a person who is not near today, which
-- records are restricted, and who opened one all the same (docs/decisions/0033-need-to-know.md).
create table privacy_settings (
  practice_id uuid primary key references practices,
  -- false: nobody is asked why; restricted records stay restricted
  asks boolean not null default true,
  days_before int not null default 7 check (days_before between 0 and 90),
  days_after int not null default 14 check (days_after between 0 and 365),
  -- {role: asks | notes | off}; a role that is not named does what the program starts with
  role_modes jsonb not null default '{}',
  glass_minutes int not null default 60 check (glass_minutes between 5 and 480),
  emergency_minutes int not null default 60 check (emergency_minutes between 5 and 480),
  -- what the list for the patient says of who looked
  looker_words text not null default 'name' check (looker_words in ('name', 'role')),
  version int not null default 1
);
call frontdesk.protect('privacy_settings', 'select, insert, update');

-- The reason for a look-up: it holds for this person and this account until the end of the day.
create table look_ups (
  practice_id uuid not null references practices,
  look_up_id uuid not null,
  account_id uuid not null,
  staff_id uuid not null,
  patient_id uuid not null,
  on_date date not null,
  at timestamptz not null,
  kind text not null check (kind in
    ('calling', 'at-window', 'records', 'billing', 'correction', 'other', 'none', 'program')),
  text text not null default '' check (length(text) <= 300),
  reviewed_at timestamptz,
  reviewed_by uuid,
  review_note text not null default '' check (length(review_note) <= 300),
  primary key (practice_id, look_up_id),
  unique (practice_id, account_id, patient_id, on_date),
  foreign key (practice_id, account_id) references accounts,
  foreign key (practice_id, patient_id) references patients,
  check (kind not in ('other', 'program') or length(text) >= 3)
);
create index look_ups_at on look_ups (practice_id, at);
create index look_ups_open on look_ups (practice_id, at) where reviewed_at is null;
create index look_ups_patient on look_ups (practice_id, patient_id);
call frontdesk.protect('look_ups', 'select, insert, update');

-- Records that only some may open. A row that was lifted stays as what it was.
create table restricted_records (
  practice_id uuid not null references practices,
  patient_id uuid not null,
  kind text not null check (kind in ('colleague', 'vip', 'order', 'sensitive')),
  note text not null default '' check (length(note) <= 300),
  -- who may open it beside those who treat the person
  roles text[] not null default '{}',
  account_ids uuid[] not null default '{}',
  care_team boolean not null default true,
  set_at timestamptz not null,
  lifted_at timestamptz,
  version int not null default 1,
  primary key (practice_id, patient_id),
  foreign key (practice_id, patient_id) references patients
);
call frontdesk.protect('restricted_records', 'select, insert, update');

-- Who of the staff is a patient here as well.
create table staff_patients (
  practice_id uuid not null references practices,
  staff_id uuid not null,
  patient_id uuid not null,
  primary key (practice_id, staff_id),
  unique (practice_id, patient_id),
  foreign key (practice_id, staff_id) references staff,
  foreign key (practice_id, patient_id) references patients
);
call frontdesk.protect('staff_patients');

-- Broken glass: a restricted record opened with a reason; without a person, emergency access
-- (45 CFR 164.312(a)(2)(ii)). It ends by itself, and stays to be reviewed.
create table broken_glass (
  practice_id uuid not null references practices,
  glass_id uuid not null,
  account_id uuid not null,
  staff_id uuid not null,
  patient_id uuid,
  reason text not null check (length(reason) between 10 and 500),
  at timestamptz not null,
  until timestamptz not null check (until > at and until <= at + interval '8 hours'),
  reviewed_at timestamptz,
  reviewed_by uuid,
  review_note text not null default '' check (length(review_note) <= 300),
  primary key (practice_id, glass_id),
  foreign key (practice_id, account_id) references accounts,
  foreign key (practice_id, patient_id) references patients
);
create index broken_glass_until on broken_glass (practice_id, until);
create index broken_glass_open on broken_glass (practice_id, at) where reviewed_at is null;
create index broken_glass_at on broken_glass (practice_id, at);
call frontdesk.protect('broken_glass', 'select, insert, update');

-- What a program reads people for, said when its key is made.
alter table sessions add column purpose text not null default '' check (length(purpose) <= 200);
