-- owner: schedule
-- From when on a patient waits too long, by state; and how long an opening is held for someone on the phone. A
-- practice without a row has the defaults (flow/rules.ts).
create table flow_settings (
  practice_id uuid primary key references practices,
  waiting_minutes int not null check (waiting_minutes between 1 and 240),
  in_room_minutes int not null check (in_room_minutes between 1 and 240),
  -- null: no limit
  with_physician_minutes int check (with_physician_minutes between 1 and 480),
  hold_minutes int not null check (hold_minutes between 1 and 60),
  version int not null default 1
);
call frontdesk.protect('flow_settings', 'select, insert, update');
