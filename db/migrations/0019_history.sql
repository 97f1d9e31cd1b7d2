-- owner: history
-- Visits at other places, as other systems tell of them. They occupy nothing here and never appear in a day.
create table outside_encounters (
  practice_id uuid not null references practices,
  encounter_id uuid not null,
  patient_id uuid not null,
  -- a date without a time stands at midnight UTC, and its precision says so
  starts_at timestamptz not null,
  ends_at timestamptz,
  created_at timestamptz not null,
  version int not null default 1,
  starts_precision text not null check (starts_precision in ('year', 'month', 'day', 'time')),
  ends_precision text check (ends_precision in ('year', 'month', 'day', 'time')),
  status text not null check (status in ('planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished',
    'cancelled', 'entered-in-error', 'unknown')),
  kind text not null check (length(kind) between 1 and 200),
  practitioner text not null default '' check (length(practitioner) <= 200),
  organization text not null default '' check (length(organization) <= 200),
  reason text not null default '' check (length(reason) <= 300),
  -- by what another system knows it; null when it was not brought in
  source text check (length(source) <= 500),
  primary key (practice_id, encounter_id),
  foreign key (practice_id, patient_id) references patients,
  check ((ends_at is null) = (ends_precision is null))
);
-- a second import changes nothing
create unique index outside_encounters_source on outside_encounters (practice_id, source) where source is not null;
create index outside_encounters_patient on outside_encounters (practice_id, patient_id, starts_at, encounter_id);
call frontdesk.protect('outside_encounters', 'select, insert, update');
