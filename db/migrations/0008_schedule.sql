-- owner: schedule
-- What can be booked, when it works, and the visits that occupy it.
create table resources (
  practice_id uuid not null references practices,
  resource_id uuid not null,
  kind text not null check (kind in ('physician', 'room', 'device')),
  name text not null check (length(name) between 1 and 100),
  -- rooms and devices stand somewhere; physicians go where their hours say
  site_id uuid,
  staff_id uuid,
  -- how many visits at once (lanes)
  capacity int not null default 1 check (capacity between 1 and 50),
  active boolean not null default true,
  position int not null default 0,
  version int not null default 1,
  primary key (practice_id, resource_id),
  foreign key (practice_id, site_id) references sites,
  foreign key (practice_id, staff_id) references staff,
  check ((kind = 'physician') = (staff_id is not null))
);
create unique index resources_staff on resources (practice_id, staff_id);
call frontdesk.protect('resources', 'select, insert, update');

create table visit_types (
  practice_id uuid not null references practices,
  visit_type_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- what the line understands: fu, np, px
  code text not null check (code ~ '^[a-z0-9]{1,8}$'),
  minutes int not null check (minutes between 5 and 720),
  buffer_before_minutes int not null default 0 check (buffer_before_minutes between 0 and 120),
  buffer_after_minutes int not null default 0 check (buffer_after_minutes between 0 and 120),
  color text not null default '#0e6b68',
  -- {physicianResourceId: minutes}
  minutes_by_physician jsonb not null default '{}',
  -- [{kind: room|device, resourceIds: [] (any of these; empty: any of the kind at the site)}]; a physician is always needed
  needs jsonb not null default '[]',
  -- physicians who do it; empty: all
  physician_ids uuid[] not null default '{}',
  active boolean not null default true,
  position int not null default 0,
  version int not null default 1,
  primary key (practice_id, visit_type_id),
  unique (practice_id, code)
);
call frontdesk.protect('visit_types', 'select, insert, update');

-- Weekly hours in the site's wall time; weekday 1 Monday to 7 Sunday (ISO 8601).
create table weekly_hours (
  practice_id uuid not null references practices,
  hours_id uuid not null,
  resource_id uuid not null,
  site_id uuid not null,
  weekday int not null check (weekday between 1 and 7),
  starts_local text not null check (starts_local ~ '^[0-2][0-9]:[0-5][0-9]$'),
  ends_local text not null check (ends_local ~ '^[0-2][0-9]:[0-5][0-9]$' and ends_local > starts_local),
  effective_from date not null,
  effective_to date,
  removed_at timestamptz,
  version int not null default 1,
  primary key (practice_id, hours_id),
  foreign key (practice_id, resource_id) references resources,
  foreign key (practice_id, site_id) references sites
);
create index weekly_hours_resource on weekly_hours (practice_id, resource_id);
call frontdesk.protect('weekly_hours', 'select, insert, update');

-- One day that differs: an extra opening, or a closing (whole day when no times are given).
create table hours_exceptions (
  practice_id uuid not null references practices,
  exception_id uuid not null,
  resource_id uuid not null,
  site_id uuid,
  on_date date not null,
  kind text not null check (kind in ('opening', 'closing')),
  starts_local text check (starts_local ~ '^[0-2][0-9]:[0-5][0-9]$'),
  ends_local text check (ends_local ~ '^[0-2][0-9]:[0-5][0-9]$'),
  note text not null default '',
  removed_at timestamptz,
  version int not null default 1,
  primary key (practice_id, exception_id),
  foreign key (practice_id, resource_id) references resources,
  foreign key (practice_id, site_id) references sites,
  check ((starts_local is null) = (ends_local is null)),
  check (kind = 'closing' or (starts_local is not null and site_id is not null)),
  check (ends_local > starts_local)
);
create index hours_exceptions_on on hours_exceptions (practice_id, on_date);
call frontdesk.protect('hours_exceptions', 'select, insert, update');

create table visits (
  practice_id uuid not null references practices,
  visit_id uuid not null,
  patient_id uuid not null,
  visit_type_id uuid not null,
  site_id uuid not null,
  physician_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in
    ('booked', 'arrived', 'in_room', 'with_physician', 'checked_out', 'cancelled', 'no_show', 'entered_in_error')),
  confirmed_at timestamptz,
  arrived_at timestamptz,
  in_room_at timestamptz,
  with_physician_at timestamptz,
  checked_out_at timestamptz,
  -- also of a no-show: when it was recorded
  cancelled_at timestamptz,
  cancel_reason text,
  cancel_text text not null default '',
  -- set when booked over another visit or outside hours, by someone who may
  override_reason text,
  reason text not null default '',
  note text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  primary key (practice_id, visit_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, site_id) references sites,
  foreign key (practice_id, physician_id) references resources,
  check (ends_at > starts_at and ends_at <= starts_at + interval '1 day')
);
create index visits_start on visits (practice_id, starts_at);
create index visits_patient on visits (practice_id, patient_id, starts_at);
-- what is still open, booked ahead, or missed: the duties
create index visits_state on visits (practice_id, state, starts_at);
call frontdesk.protect('visits', 'select, insert, update');

-- What a visit occupies, buffers included. The exclusion constraint is what makes double booking impossible,
-- for every writer. Lanes below the capacity are ordinary; lanes from 100 are deliberate overbookings.
create table visit_resources (
  practice_id uuid not null references practices,
  visit_id uuid not null,
  resource_id uuid not null,
  lane int not null check (lane >= 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- a visit that was cancelled, missed or entered in error keeps the row and gives the time back
  released boolean not null default false,
  primary key (practice_id, visit_id, resource_id),
  foreign key (practice_id, visit_id) references visits,
  foreign key (practice_id, resource_id) references resources,
  check (ends_at > starts_at),
  constraint no_double_booking exclude using gist (
    practice_id with =, resource_id with =, lane with =, tstzrange(starts_at, ends_at) with &&
  ) where (not released)
);
create index visit_resources_start on visit_resources (practice_id, starts_at);
create index visit_resources_busy on visit_resources (practice_id, resource_id, starts_at);
call frontdesk.protect('visit_resources', 'select, insert, update, delete');

-- Every step of a visit: what was done, by whom, when, and the visit before it (for undo).
create table visit_steps (
  practice_id uuid not null references practices,
  visit_id uuid not null,
  step_no int not null,
  step text not null,
  at timestamptz not null,
  by_staff_id uuid,
  detail jsonb not null default '{}',
  -- the visit's columns and resources before this step; null for the first
  before jsonb,
  undone_at timestamptz,
  undone_by uuid,
  primary key (practice_id, visit_id, step_no),
  foreign key (practice_id, visit_id) references visits
);
create index visit_steps_at on visit_steps (practice_id, at);
call frontdesk.protect('visit_steps', 'select, insert, update');
