-- owner: prints
-- The paper for a day on which the office's computers are away: when and where it is written, and how the last
-- try went. A row a practice, made at the first change or the first try (docs/decisions/0032-downtime-packet.md).
create table packet_settings (
  practice_id uuid not null references practices,
  enabled boolean not null default true,
  -- on the wall of the practice
  at_local text not null default '18:00' check (at_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  open_days int not null default 1 check (open_days between 1 and 5),
  keep int not null default 7 check (keep between 1 and 60),
  -- '': in the data folder
  folder text not null default '' check (length(folder) <= 500),
  -- with which the file opens; sealed with a key that is not in the database
  password_sealed bytea,
  version int not null default 1,
  tried_at timestamptz,
  -- '': the last try went well
  fault text not null default '',
  written_at timestamptz,
  -- the evening for which it was written last
  written_for date,
  primary key (practice_id)
);
call frontdesk.protect('packet_settings', 'select, insert, update');
