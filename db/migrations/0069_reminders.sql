-- owner: reminders
-- When visits are reminded of: the rule that names the type, else the one for all; none where it is off.
create table reminder_rules (
  practice_id uuid not null references practices,
  rule_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  -- empty: every type that no other rule names
  visit_type_ids uuid[] not null default '{}',
  -- [{daysBefore, at}], the earliest first; none: these visits are not reminded of
  steps jsonb not null,
  active boolean not null default true,
  version int not null default 1,
  primary key (practice_id, rule_id)
);
call frontdesk.protect('reminder_rules', 'select, insert, update');

-- A step of a visit's reminders: once for the time at which it stands, whoever derives it and however often.
create table reminder_steps (
  practice_id uuid not null references practices,
  visit_id uuid not null,
  -- days before the visit
  step int not null check (step between 0 and 60),
  starts_at timestamptz not null,
  at timestamptz not null,
  -- null: nothing could be sent, and someone calls
  message_id uuid,
  why text not null default '',
  -- what the desk did about it
  tried text not null default '' check (tried in ('', 'no-answer', 'left-message', 'reached')),
  tried_at timestamptz,
  tried_by uuid,
  version int not null default 1,
  primary key (practice_id, visit_id, step, starts_at),
  foreign key (practice_id, visit_id) references visits,
  foreign key (practice_id, message_id) references messages
);
create index reminder_steps_message on reminder_steps (practice_id, message_id) where message_id is not null;
create index reminder_steps_start on reminder_steps (practice_id, starts_at);
call frontdesk.protect('reminder_steps', 'select, insert, update');
