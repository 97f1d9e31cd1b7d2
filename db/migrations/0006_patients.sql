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
  -- kept by the patients feature: folded names, and digits of phones and MRN
  search_name text not null,
  search_digits text not null default '',
  primary key (practice_id, patient_id),
  unique (practice_id, mrn)
);
create index patients_name on patients (practice_id, search_name text_pattern_ops);
create index patients_born_on on patients (practice_id, born_on);
create index patients_search_name on patients using gin (search_name gin_trgm_ops);
create index patients_search_digits on patients using gin (search_digits gin_trgm_ops);
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
