-- owner: schedule
-- What a span of hours is kept for: new patients, follow-ups, the urgent ones of the day.
create table slot_codes (
  practice_id uuid not null references practices,
  slot_code_id uuid not null,
  -- as it stands in the grid and as it is typed behind hours: 8-9 NP
  code text not null check (code ~ '^[A-Z][A-Z0-9]{0,3}$' and code not in ('A', 'P', 'AM', 'PM', 'NOON')),
  name text not null check (length(name) between 1 and 60),
  color text not null check (color ~ '^#[0-9a-f]{6}$'),
  -- what may be booked there; empty: every visit type, the code is then a name only
  visit_type_ids uuid[] not null default '{}',
  -- so many hours before a visit begins it may be of any type; null: never
  release_hours int check (release_hours between 1 and 720),
  active boolean not null default true,
  position int not null default 0,
  version int not null default 1,
  primary key (practice_id, slot_code_id),
  unique (practice_id, code)
);
call frontdesk.protect('slot_codes', 'select, insert, update');

-- Weekly hours stay the one place that says when something may be booked: a row may keep its span for a code, and
-- may hold in every n-th week only, counted from a Monday.
alter table weekly_hours
  add column slot_code_id uuid,
  add column every_weeks int not null default 1 check (every_weeks between 1 and 8),
  add column week_of date check (extract(isodow from week_of) = 1),
  add foreign key (practice_id, slot_code_id) references slot_codes,
  add constraint weekly_hours_alternate check ((every_weeks = 1) = (week_of is null));
