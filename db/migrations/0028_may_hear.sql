-- owner: patients
-- Who else belongs to a person, and what they may hear (45 CFR 164.510(b)): revoked, never deleted.
create table patient_relations (
  practice_id uuid not null references practices,
  relation_id uuid not null,
  patient_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  relationship text not null default '',
  -- E.164, '' when none
  phone text not null default '',
  may_hear text[] not null default '{}'
    check (may_hear <@ array['appointments', 'results', 'billing', 'all']),
  since date,
  until date,
  emergency boolean not null default false,
  -- how the office knows that the patient agreed
  proof text not null default '' check (proof in ('', 'form', 'in-person', 'phone', 'court', 'parent')),
  note text not null default '',
  revoked_at timestamptz,
  revoked_by uuid,
  revoke_reason text not null default '',
  created_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  primary key (practice_id, relation_id),
  foreign key (practice_id, patient_id) references patients,
  check (until >= since),
  check (may_hear = '{}' or proof <> '')
);
create index patient_relations_patient on patient_relations (practice_id, patient_id);
-- Who calls from this number
create index patient_relations_phone on patient_relations (practice_id, phone) where phone <> '';
call frontdesk.protect('patient_relations', 'select, insert, update');

-- What a person said about being contacted, one row for every answer; the last one of a channel and purpose holds.
create table contact_consents (
  practice_id uuid not null references practices,
  consent_id uuid not null,
  patient_id uuid not null,
  channel text not null check (channel in ('call', 'voicemail', 'text', 'email', 'mail')),
  purpose text not null check (purpose in ('appointments', 'results', 'billing', 'marketing')),
  state text not null check (state in ('given', 'refused', 'unknown')),
  how text not null check (how in ('in-person', 'phone', 'form', 'portal', 'message')),
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, consent_id),
  foreign key (practice_id, patient_id) references patients
);
create index contact_consents_patient on contact_consents (practice_id, patient_id, channel, purpose, at);
call frontdesk.protect('contact_consents', 'select, insert, update');

-- A custody note is an alert that says more: {mayBring, mayDecide, mustNotTell: [name], courtOrder}
alter table patient_alerts add column custody jsonb;
