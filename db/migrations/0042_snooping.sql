-- owner: privacy
-- The snooping report, worked out of the audit a day at a time (docs/decisions/0034-snooping-report.md).
-- How many people an account looked at on a day, and how many of them without work: what is usual for it.
create table look_days (
  practice_id uuid not null references practices,
  account_id uuid not null,
  on_date date not null,
  people int not null check (people >= 0),
  unexplained int not null check (unexplained between 0 and people),
  -- minutes of the day by the practice's clock
  first_minute int not null,
  last_minute int not null,
  primary key (practice_id, account_id, on_date),
  foreign key (practice_id, account_id) references accounts
);
create index look_days_on on look_days (practice_id, on_date);
call frontdesk.protect('look_days');

-- Those looks that nothing explains, so that the same again is seen.
create table unexplained_looks (
  practice_id uuid not null references practices,
  account_id uuid not null,
  on_date date not null,
  patient_id uuid not null,
  first_at timestamptz not null,
  primary key (practice_id, account_id, on_date, patient_id),
  foreign key (practice_id, account_id) references accounts,
  foreign key (practice_id, patient_id) references patients
);
create index unexplained_looks_again on unexplained_looks (practice_id, account_id, patient_id, on_date);
create index unexplained_looks_on on unexplained_looks (practice_id, on_date);
call frontdesk.protect('unexplained_looks');

create table snoop_findings (
  practice_id uuid not null references practices,
  finding_id uuid not null,
  account_id uuid not null,
  staff_id uuid not null,
  -- null: how many they looked at
  patient_id uuid,
  on_date date not null,
  at timestamptz not null,
  points int not null,
  -- sentences, strongest first
  evidence text[] not null check (cardinality(evidence) between 1 and 20),
  made_at timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by uuid,
  review_note text not null default '' check (length(review_note) <= 300),
  primary key (practice_id, finding_id),
  unique nulls not distinct (practice_id, account_id, on_date, patient_id),
  foreign key (practice_id, account_id) references accounts,
  foreign key (practice_id, patient_id) references patients
);
create index snoop_findings_on on snoop_findings (practice_id, on_date);
create index snoop_findings_open on snoop_findings (practice_id, at) where reviewed_at is null;
call frontdesk.protect('snoop_findings', 'select, insert, update');
