-- owner: patients
-- People who were two records and are one.
alter table patients
  -- the record that this one became part of; such a row is hidden as one entered in error is, so that every
  -- index and search that leaves those out leaves it out too (docs/decisions/0015-merging-people.md)
  add column merged_into uuid,
  -- record numbers of those that became part of this one: whoever says an old number is found
  add column former_mrns text[] not null default '{}',
  add constraint patients_merged_into foreign key (practice_id, merged_into) references patients,
  add constraint patients_merged_is_hidden check (merged_into is null or entered_in_error_at is not null),
  add constraint patients_merged_elsewhere check (merged_into <> patient_id);
-- for the key, when an import is taken back
create index patients_into on patients (practice_id, merged_into) where merged_into is not null;

create table patient_merges (
  practice_id uuid not null references practices,
  merge_id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  at timestamptz not null,
  by_staff_id uuid,
  -- the survivor's fields that the merge changed
  before jsonb not null,
  after jsonb not null,
  -- {visits: [ids], tasks: [ids], …}: what moved, by what holds it
  moved jsonb not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (practice_id, merge_id),
  foreign key (practice_id, from_id) references patients,
  foreign key (practice_id, into_id) references patients
);
create index patient_merges_into on patient_merges (practice_id, into_id, at);
create index patient_merges_at on patient_merges (practice_id, at);
create unique index patient_merges_from on patient_merges (practice_id, from_id) where undone_at is null;
call frontdesk.protect('patient_merges', 'select, insert, update');

-- Pairs that look like one person and are two; the smaller id first.
create table patient_distinctions (
  practice_id uuid not null references practices,
  one_id uuid not null,
  other_id uuid not null,
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, one_id, other_id),
  foreign key (practice_id, one_id) references patients,
  foreign key (practice_id, other_id) references patients,
  check (one_id < other_id)
);
call frontdesk.protect('patient_distinctions', 'select, insert');
