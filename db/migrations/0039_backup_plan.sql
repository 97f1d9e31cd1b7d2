-- owner: platform
-- When the office backs itself up, what came of it, and when someone last tried a restore.
-- docs/decisions/0040-backups-by-themselves.md
create table backup_plans (
  practice_id uuid primary key references practices,
  -- the practice's wall time, every day
  at_local text not null check (at_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  -- on the machine of the office; relative to its data folder
  folder text not null check (length(folder) between 1 and 500),
  keep int not null check (keep between 2 and 400),
  -- try a restore so often; 0: no reminder
  drill_days int not null check (drill_days between 0 and 730),
  -- sealed with a key outside the database; null: FRONTDESK_BACKUP_PASSPHRASE
  sealed_passphrase bytea,
  -- nothing is owed for days before
  since timestamptz not null,
  -- someone asked for one now
  asked_at timestamptz,
  version int not null default 1
);
call frontdesk.protect('backup_plans');

create table backup_runs (
  practice_id uuid not null references practices,
  run_id uuid not null,
  -- the moment of the plan that it is for; one backup for each
  due_at timestamptz not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  tries int not null default 1,
  file text not null default '' check (length(file) <= 300),
  bytes bigint,
  fault text not null default '' check (length(fault) <= 300),
  primary key (practice_id, run_id),
  unique (practice_id, due_at)
);
call frontdesk.protect('backup_runs');

create table restore_drills (
  practice_id uuid not null references practices,
  drill_id uuid not null,
  at timestamptz not null,
  staff_id uuid,
  note text not null check (length(note) between 3 and 300),
  primary key (practice_id, drill_id)
);
call frontdesk.protect('restore_drills');
