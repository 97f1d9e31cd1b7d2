-- owner: self-service
-- What patients may do by themselves; as usual until the practice writes its own.
create table online_settings (
  practice_id uuid not null references practices,
  -- names the practice in the address of its booking page; no secret
  code text not null unique check (code ~ '^[a-z0-9]{8,20}$'),
  -- the booking page is there
  is_on boolean not null default false,
  -- a time asked for by someone whom nobody knows is held so long; 0: not at all
  hold_hours int not null default 4 check (hold_hours between 0 and 24),
  version int not null default 1,
  primary key (practice_id)
);
call frontdesk.protect('online_settings', 'select, insert, update');

create function frontdesk.practice_by_online_code(wanted text)
returns table (practice_id uuid, practice_kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.practice_id, p.kind from online_settings o
  join practices p on p.practice_id = o.practice_id
  where o.code = wanted and o.is_on and frontdesk.practice() is null
$$;
revoke all on function frontdesk.practice_by_online_code(text) from public;
grant execute on function frontdesk.practice_by_online_code(text) to frontdesk_app;

create table online_types (
  practice_id uuid not null references practices,
  visit_type_id uuid not null,
  -- who books it online
  open_to text not null check (open_to in ('nobody', 'known', 'everyone')),
  -- not sooner than so many hours from now, not later than so many days
  notice_hours int not null check (notice_hours between 0 and 2160),
  days_ahead int not null check (days_ahead between 1 and 365),
  -- so many visits to come a person has at most, of any type, and books one more
  most_open int not null check (most_open between 0 and 20),
  may_move boolean not null,
  -- as patients read it; empty: it is not named
  name_en text not null default '' check (length(name_en) <= 80),
  name_es text not null default '' check (length(name_es) <= 80),
  prepare_en text not null default '' check (length(prepare_en) <= 1000),
  prepare_es text not null default '' check (length(prepare_es) <= 1000),
  version int not null default 1,
  primary key (practice_id, visit_type_id),
  foreign key (practice_id, visit_type_id) references visit_types
);
call frontdesk.protect('online_types', 'select, insert, update');

create table online_sites (
  practice_id uuid not null references practices,
  site_id uuid not null,
  -- the way, the door, where to park
  arrive_en text not null default '' check (length(arrive_en) <= 1000),
  arrive_es text not null default '' check (length(arrive_es) <= 1000),
  version int not null default 1,
  primary key (practice_id, site_id),
  foreign key (practice_id, site_id) references sites
);
call frontdesk.protect('online_sites', 'select, insert, update');

-- What a patient did by a page of ours that a human has to look at.
create table online_acts (
  practice_id uuid not null references practices,
  act_id uuid not null,
  patient_id uuid not null,
  visit_id uuid not null,
  act text not null check (act in ('cancelled-late', 'moved-late', 'wrote')),
  text text not null default '' check (length(text) <= 300),
  -- the practice's words of danger are in it
  urgent boolean not null default false,
  at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid,
  primary key (practice_id, act_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, visit_id) references visits
);
create index online_acts_unseen on online_acts (practice_id, at) where seen_at is null;
create index online_acts_patient on online_acts (practice_id, patient_id);
create index online_acts_visit on online_acts (practice_id, visit_id);
call frontdesk.protect('online_acts', 'select, insert, update');

-- Someone asked for a time on the booking page. Who that is is looked up afterwards, so that the answer is the same
-- for everyone; what the office cannot answer by itself waits for a human.
create table online_requests (
  practice_id uuid not null references practices,
  request_id uuid not null,
  visit_type_id uuid not null,
  site_id uuid not null,
  physician_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  hold_id uuid,
  given_name text not null check (length(given_name) between 1 and 80),
  family_name text not null check (length(family_name) between 1 and 80),
  born_on date not null,
  phone text not null check (length(phone) <= 20),
  language text not null,
  says_new boolean not null,
  text text not null default '' check (length(text) <= 300),
  urgent boolean not null default false,
  asked_at timestamptz not null,
  -- why a human has to look: somebody new, nobody found, the time was taken, too many visits to come
  why text check (why in ('new', 'unknown', 'taken', 'too-many', 'not-allowed')),
  outcome text check (outcome in ('booked', 'called', 'declined')),
  settled_at timestamptz,
  settled_by uuid,
  settled_text text not null default '' check (length(settled_text) <= 300),
  -- whose it turned out to be, and the visit
  patient_id uuid,
  visit_id uuid,
  version int not null default 1,
  primary key (practice_id, request_id),
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, site_id) references sites,
  foreign key (practice_id, physician_id) references resources,
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, visit_id) references visits,
  check ((settled_at is null) = (outcome is null)),
  check ((visit_id is null) = (outcome is distinct from 'booked'))
);
create index online_requests_open on online_requests (practice_id, asked_at) where settled_at is null;
create index online_requests_patient on online_requests (practice_id, patient_id) where patient_id is not null;
call frontdesk.protect('online_requests', 'select, insert, update');
