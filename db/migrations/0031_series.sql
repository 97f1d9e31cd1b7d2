-- owner: schedule
-- A series: visits booked together by a pattern. What it is to be now stands here; each visit it plans has a place.
create table series (
  practice_id uuid not null references practices,
  series_id uuid not null,
  patient_id uuid not null,
  visit_type_id uuid not null,
  site_id uuid not null,
  physician_id uuid not null,
  minutes int not null check (minutes between 5 and 720),
  -- as it was asked for (schedule/series/schema.ts)
  pattern jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  primary key (practice_id, series_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, site_id) references sites,
  foreign key (practice_id, physician_id) references resources
);
create index series_patient on series (practice_id, patient_id);
call frontdesk.protect('series', 'select, insert, update');

-- One place for each visit planned, for good: it is booked, or owed, or someone gave it up with a reason. There is no
-- fourth way, so a series cannot lose a visit.
create table series_places (
  practice_id uuid not null references practices,
  series_id uuid not null,
  place_no int not null check (place_no between 1 and 104),
  -- where and with whom the pattern, and the edits since, want it
  wanted_at timestamptz not null,
  physician_id uuid not null,
  state text not null default 'owed' check (state in ('owed', 'booked', 'given_up')),
  -- what was in the way when it could not be booked; why it was given up
  why text not null default '',
  primary key (practice_id, series_id, place_no),
  foreign key (practice_id, series_id) references series,
  foreign key (practice_id, physician_id) references resources
);
create index series_places_owed on series_places (practice_id, wanted_at) where state = 'owed';
call frontdesk.protect('series_places', 'select, insert, update');

-- A visit stands in one place of one series, and no place holds two.
alter table visits
  add column series_id uuid,
  add column series_no int,
  add constraint visits_series_place foreign key (practice_id, series_id, series_no) references series_places,
  add constraint visits_series_whole check ((series_id is null) = (series_no is null));
create unique index visits_series on visits (practice_id, series_id, series_no) where series_id is not null;

-- Booking a visit into a place is what fills it: no writer says so beside the visit.
create function frontdesk.fill_series_place() returns trigger language plpgsql as $$
begin
  update series_places set state = 'booked', why = ''
  where practice_id = new.practice_id and series_id = new.series_id and place_no = new.series_no;
  return null;
end $$;
create trigger visits_fill_series_place after insert on visits
  for each row when (new.series_id is not null) execute function frontdesk.fill_series_place();

-- Each edit of several visits of a series, with what it changed as it was before: undone as a whole.
create table series_edits (
  practice_id uuid not null references practices,
  series_id uuid not null,
  edit_no int not null,
  kind text not null check (kind in ('moved', 'cancelled')),
  -- what was asked for
  detail jsonb not null,
  -- the series and its places, before
  before jsonb not null,
  -- [{visitId, version}] in the order in which they were changed, as this edit left them
  visits jsonb not null,
  at timestamptz not null,
  by_staff_id uuid,
  undone_at timestamptz,
  undone_by uuid,
  primary key (practice_id, series_id, edit_no),
  foreign key (practice_id, series_id) references series
);
call frontdesk.protect('series_edits', 'select, insert, update');
