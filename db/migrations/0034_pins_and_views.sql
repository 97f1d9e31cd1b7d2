-- owner: schedule
-- Visits parked at the side of a desk while days are turned. A pin remembers where the visit stood: once the visit
-- stands elsewhere, whoever moved it, it is off the pinboard; undone, it is back. The visit keeps its place meanwhile.
create table pins (
  practice_id uuid not null references practices,
  visit_id uuid not null,
  account_id uuid not null,
  staff_id uuid,
  starts_at timestamptz not null,
  physician_id uuid not null,
  pinned_at timestamptz not null,
  primary key (practice_id, visit_id),
  foreign key (practice_id, visit_id) references visits,
  foreign key (practice_id, staff_id) references staff
);
create index pins_account on pins (practice_id, account_id, pinned_at);
call frontdesk.protect('pins', 'select, insert, update, delete');

-- What a day is looked at: site, whose columns, day or week, how large. Of one account, or of everyone.
create table saved_views (
  practice_id uuid not null references practices,
  view_id uuid not null,
  -- null: everyone's
  account_id uuid,
  name text not null check (length(name) between 1 and 40),
  -- the digit that shows it; 1 to 4 are the schedule's own
  key int check (key between 5 and 9),
  look jsonb not null,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (practice_id, view_id)
);
create index saved_views_account on saved_views (practice_id, account_id);
call frontdesk.protect('saved_views', 'select, insert, update, delete');
