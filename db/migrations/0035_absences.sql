-- owner: team
-- When someone of the staff is away, and who does their duties meanwhile. Until and from are moments: an hour at the
-- dentist and three weeks of vacation are one thing.
create table absences (
  practice_id uuid not null references practices,
  absence_id uuid not null,
  staff_id uuid not null,
  kind text not null check (kind in ('vacation', 'sick', 'training', 'other')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  note text not null default '',
  -- closings of the schedule that were made with it, and go with it
  closing_ids uuid[] not null default '{}',
  made_at timestamptz not null,
  made_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  version int not null default 1,
  primary key (practice_id, absence_id),
  foreign key (practice_id, staff_id) references staff,
  check (ends_at > starts_at),
  -- nobody is away twice at once
  constraint absences_once exclude using gist (
    practice_id with =, staff_id with =, tstzrange(starts_at, ends_at) with &&
  ) where (removed_at is null)
);
create index absences_end on absences (practice_id, ends_at) where removed_at is null;
call frontdesk.protect('absences', 'select, insert, update');

-- Who covers: everything ('') or the duties of one kind. What was declined stays as it was said.
create table absence_covers (
  practice_id uuid not null references practices,
  cover_id uuid not null,
  absence_id uuid not null,
  staff_id uuid not null,
  duties text not null default '' check (length(duties) <= 60),
  state text not null check (state in ('asked', 'accepted', 'declined', 'withdrawn')),
  asked_at timestamptz not null,
  asked_by uuid,
  answered_at timestamptz,
  answered_by uuid,
  version int not null default 1,
  primary key (practice_id, cover_id),
  foreign key (practice_id, absence_id) references absences,
  foreign key (practice_id, staff_id) references staff
);
create index absence_covers_of on absence_covers (practice_id, absence_id);
-- one person at a time for each kind of duty
create unique index absence_covers_one on absence_covers (practice_id, absence_id, duties)
  where state in ('asked', 'accepted');
call frontdesk.protect('absence_covers', 'select, insert, update');
