-- owner: practice
-- Where the practice works, who works there, when it is closed.
create table sites (
  practice_id uuid not null references practices,
  site_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  time_zone text not null,
  phone text not null default '',
  address jsonb not null default '{}',
  active boolean not null default true,
  position int not null default 0,
  version int not null default 1,
  primary key (practice_id, site_id)
);
call frontdesk.protect('sites', 'select, insert, update');

create table staff (
  practice_id uuid not null references practices,
  staff_id uuid not null,
  given_name text not null,
  family_name text not null,
  -- as the office says it: "Dr. Lee", "Ana Ruiz"
  display_name text not null check (length(display_name) between 1 and 100),
  credentials text not null default '',
  -- what the person is to the office; roles of the account say what the person may do
  kind text not null check (kind in ('physician', 'nurse', 'front_desk', 'biller', 'manager', 'other')),
  specialty text not null default '',
  -- National Provider Identifier, 45 CFR 162.406: 10 digits with a Luhn check over the prefix 80840
  npi text check (npi ~ '^[0-9]{10}$'),
  phone text not null default '',
  active boolean not null default true,
  version int not null default 1,
  primary key (practice_id, staff_id),
  unique (practice_id, npi)
);
call frontdesk.protect('staff', 'select, insert, update');

alter table accounts add foreign key (practice_id, staff_id) references staff;

-- How a person is known elsewhere (FHIR Practitioner.identifier); makes a second import change nothing.
create table staff_identifiers (
  practice_id uuid not null references practices,
  system text not null,
  value text not null,
  staff_id uuid not null,
  primary key (practice_id, system, value),
  foreign key (practice_id, staff_id) references staff
);
call frontdesk.protect('staff_identifiers', 'select, insert, update');

-- A day on which a site (or, with no site, the whole practice) is closed.
create table closures (
  practice_id uuid not null references practices,
  closure_id uuid not null,
  site_id uuid,
  on_date date not null,
  name text not null check (length(name) between 1 and 100),
  removed_at timestamptz,
  version int not null default 1,
  primary key (practice_id, closure_id),
  foreign key (practice_id, site_id) references sites
);
create index closures_on on closures (practice_id, on_date);
call frontdesk.protect('closures', 'select, insert, update');

-- The practice's name, phone and zone are changed by people too: a stale change is refused.
alter table practices add column version int not null default 1;
