-- owner: schedule
-- Calendars outside the office in which a physician is busy: read by address, or from a file that was given once.
create table external_calendars (
  practice_id uuid not null references practices,
  calendar_id uuid not null,
  physician_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- null: a file. Who has the address may read the calendar, so it is shown to nobody again
  address text check (length(address) <= 2000),
  created_at timestamptz not null,
  created_by uuid,
  removed_at timestamptz,
  version int not null default 1,
  -- as it was read last, packed (gzip): what repeats is worked out anew every day
  content bytea,
  etag text not null default '',
  last_modified text not null default '',
  tried_at timestamptz,
  read_at timestamptz,
  -- '': the last try went well
  fault text not null default '',
  -- events that could not be read
  skipped int not null default 0,
  primary key (practice_id, calendar_id),
  foreign key (practice_id, physician_id) references resources
);
create index external_calendars_physician on external_calendars (practice_id, physician_id);
call frontdesk.protect('external_calendars', 'select, insert, update');

-- When a physician is busy by such a calendar, from yesterday to some months ahead; overlapping times are one.
create table external_busy (
  practice_id uuid not null references practices,
  calendar_id uuid not null,
  physician_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (practice_id, calendar_id, starts_at),
  foreign key (practice_id, calendar_id) references external_calendars,
  foreign key (practice_id, physician_id) references resources,
  check (ends_at > starts_at)
);
create index external_busy_at on external_busy (practice_id, starts_at);
call frontdesk.protect('external_busy', 'select, insert, delete');
