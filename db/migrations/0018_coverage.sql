-- owner: coverage
-- Who pays for care besides the patient: insurers and programs, one record for one name.
create table payers (
  practice_id uuid not null references practices,
  payer_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  -- kept by the coverage feature, folded: one payer however it is spelled
  search_name text collate "C" not null,
  created_at timestamptz not null,
  primary key (practice_id, payer_id),
  unique (practice_id, search_name)
);
call frontdesk.protect('payers', 'select, insert, update');

-- How a payer is known elsewhere (payer ID of a clearinghouse, FHIR identifier).
create table payer_identifiers (
  practice_id uuid not null references practices,
  system text not null,
  value text not null,
  payer_id uuid not null,
  primary key (practice_id, system, value),
  foreign key (practice_id, payer_id) references payers
);
call frontdesk.protect('payer_identifiers', 'select, insert, update');

-- What a person is insured by, and from when until when.
create table coverages (
  practice_id uuid not null references practices,
  coverage_id uuid not null,
  patient_id uuid not null,
  payer_id uuid not null,
  created_at timestamptz not null,
  since date,
  -- the last day; null while it goes on
  until date check (until >= since),
  version int not null default 1,
  -- 1 pays first; null where nobody said
  rank smallint check (rank between 1 and 99),
  -- both of two merged records have it from the same source: shown once, and still there to be taken apart
  doubled boolean not null default false,
  plan_kind text not null check (plan_kind in ('commercial', 'medicare', 'medicaid', 'military', 'work', 'auto',
    'other')),
  status text not null default 'active' check (status in ('active', 'cancelled', 'draft', 'entered_in_error')),
  -- what the patient is to the subscriber; '' where nobody asked
  relationship text not null default '' check (relationship in ('', 'self', 'spouse', 'child', 'parent', 'other')),
  member_id text not null default '' check (length(member_id) <= 50),
  group_number text not null default '' check (length(group_number) <= 50),
  -- by what another system knows it; null when it was not brought in
  source text check (length(source) <= 500),
  primary key (practice_id, coverage_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, payer_id) references payers
);
-- a second import changes nothing
create unique index coverages_source on coverages (practice_id, patient_id, source)
  where source is not null and not doubled;
create index coverages_patient on coverages (practice_id, patient_id);
call frontdesk.protect('coverages', 'select, insert, update');
