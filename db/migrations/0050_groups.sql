-- owner: schedule
-- A group visit: one session of a physician (and a room) with so many seats. It takes their time as a visit does; who
-- comes has a visit in a seat. There are as many seats as the session holds and no seat has two, so it cannot be
-- booked beyond its capacity, however many desks book at once.
create table group_sessions (
  practice_id uuid not null references practices,
  session_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  visit_type_id uuid not null,
  site_id uuid not null,
  physician_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  capacity int not null check (capacity between 2 and 100),
  cancelled_at timestamptz,
  cancel_reason text,
  -- [{visitId, version}]: what cancelling it cancelled, as it left them; null while it takes place
  cancelled_visits jsonb,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  primary key (practice_id, session_id),
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, site_id) references sites,
  foreign key (practice_id, physician_id) references resources,
  check (ends_at > starts_at and ends_at <= starts_at + interval '1 day'),
  check ((cancelled_at is null) = (cancelled_visits is null))
);
create index group_sessions_start on group_sessions (practice_id, starts_at);
call frontdesk.protect('group_sessions', 'select, insert, update');

create table group_seats (
  practice_id uuid not null references practices,
  session_id uuid not null,
  seat_no int not null check (seat_no between 1 and 100),
  primary key (practice_id, session_id, seat_no),
  foreign key (practice_id, session_id) references group_sessions
);
call frontdesk.protect('group_seats', 'select, insert');

alter table visits
  add column session_id uuid,
  add column seat_no int,
  add constraint visits_seat foreign key (practice_id, session_id, seat_no) references group_seats,
  add constraint visits_seat_whole check ((session_id is null) = (seat_no is null));
create unique index visits_one_seat on visits (practice_id, session_id, seat_no)
  where session_id is not null and state not in ('cancelled', 'no_show', 'entered_in_error');
create index visits_session on visits (practice_id, session_id) where session_id is not null;

alter table visit_resources
  drop constraint visit_resources_of_one,
  add column session_id uuid,
  add constraint visit_resources_of_one check (num_nonnulls(visit_id, hold_id, session_id) = 1),
  add constraint visit_resources_session foreign key (practice_id, session_id) references group_sessions;
create unique index visit_resources_group on visit_resources (practice_id, session_id, resource_id)
  where session_id is not null;
