-- owner: contacts
-- The doctors and organizations that the practice deals with: who sends people, who gets a note back.
create table contacts (
  practice_id uuid not null references practices,
  contact_id uuid not null,
  kind text not null check (kind in ('physician', 'clinician', 'organization')),
  family_name text not null default '' check (length(family_name) <= 100),
  given_name text not null default '',
  middle_name text not null default '',
  suffix text not null default '',
  credentials text not null default '',
  specialty text not null default '',
  -- National Provider Identifier, 45 CFR 162.406: 10 digits with a Luhn check over the prefix 80840
  npi text check (npi ~ '^[0-9]{10}$'),
  -- an organization's own name; where a person works, unless organization_id says it
  organization_name text not null default '' check (length(organization_name) <= 200),
  organization_id uuid,
  -- [{kind: office|backline|mobile|other, number (E.164), note}], the one to call first
  phones jsonb not null default '[]',
  -- E.164
  fax text not null default '',
  email text not null default '',
  -- {line1, line2, city, state, zip}
  address jsonb not null default '{}',
  -- how they want to be reached; '' where nobody asked
  reach text not null default '' check (reach in ('', 'fax', 'phone', 'email', 'mail', 'portal')),
  note text not null default '',
  active boolean not null default true,
  entered_in_error_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- kept by the contacts feature, folded: "okafor ben", of an organization its name in one word
  search_name text collate "C" not null,
  -- every word by which it is found and the digits of its numbers, each between blanks
  search_text text collate "C" not null,
  -- the words of the organization that organization_id names
  search_organization text collate "C" not null default '',
  primary key (practice_id, contact_id),
  foreign key (practice_id, organization_id) references contacts,
  check (kind = 'organization' or family_name <> ''),
  check (kind <> 'organization' or (organization_name <> '' and organization_id is null)),
  check (organization_id <> contact_id)
);
-- one record for one number
create unique index contacts_npi on contacts (practice_id, npi) where npi is not null and entered_in_error_at is null;
create index contacts_name on contacts (practice_id, search_name);
create index contacts_organization on contacts (practice_id, organization_id) where organization_id is not null;
call frontdesk.protect('contacts', 'select, insert, update');

-- How a contact is known elsewhere (FHIR identifier, number in another system); a second import changes nothing.
create table contact_identifiers (
  practice_id uuid not null references practices,
  system text not null,
  value text not null,
  contact_id uuid not null,
  primary key (practice_id, system, value),
  foreign key (practice_id, contact_id) references contacts
);
create index contact_identifiers_contact on contact_identifiers (practice_id, contact_id);
call frontdesk.protect('contact_identifiers', 'select, insert, update');

-- Who sent a person here, and who else treats them.
create table patient_contacts (
  practice_id uuid not null references practices,
  link_id uuid not null,
  patient_id uuid not null,
  contact_id uuid not null,
  role text not null check (role in ('referring', 'primary_care', 'other')),
  since date not null,
  -- the last day; null while it is so
  until date check (until >= since),
  created_at timestamptz not null,
  created_by uuid,
  entered_in_error_at timestamptz,
  version int not null default 1,
  primary key (practice_id, link_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, contact_id) references contacts
);
create index patient_contacts_patient on patient_contacts (practice_id, patient_id);
create index patient_contacts_contact on patient_contacts (practice_id, contact_id);
call frontdesk.protect('patient_contacts', 'select, insert, update');
