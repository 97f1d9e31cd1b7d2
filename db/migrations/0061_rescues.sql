-- owner: rescue
-- A physician who is out or late: the time that was closed and everyone who was moved, cancelled or left for a call.
create table rescues (
  practice_id uuid not null references practices,
  rescue_id uuid not null,
  physician_id uuid not null,
  kind text not null check (kind in ('out', 'late')),
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason text not null default '' check (length(reason) <= 200),
  -- closings of the physician's hours that it made; none where an absence had closed them
  closing_ids uuid[] not null default '{}',
  made_at timestamptz not null,
  made_by uuid,
  -- the closings were taken back
  opened_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  version int not null default 1,
  primary key (practice_id, rescue_id),
  foreign key (practice_id, physician_id) references resources,
  foreign key (practice_id, made_by) references staff,
  foreign key (practice_id, undone_by) references staff,
  check (to_at > from_at)
);
create index rescues_made on rescues (practice_id, made_at);
call frontdesk.protect('rescues', 'select, insert, update');

-- One person of it: where the visit stood, where it went, and what they said to it.
create table rescue_lines (
  practice_id uuid not null references practices,
  line_id uuid not null,
  rescue_id uuid not null,
  visit_id uuid not null,
  patient_id uuid not null,
  -- the order in which the visits were moved
  position int not null,
  score int not null default 0,
  -- why it stands where it stands: "post-op visit", "interpreter: Spanish"
  reasons text[] not null default '{}',
  choice text not null check (choice in ('move', 'cancel', 'call')),
  from_starts_at timestamptz not null,
  from_physician_id uuid not null,
  to_starts_at timestamptz,
  to_physician_id uuid,
  -- the step of the visit that the rescue took
  step_no int,
  -- open: not reached; told: a message was left; owed: to be booked again, by whom and when
  answer text not null default 'open'
    check (answer in ('open', 'told', 'agreed', 'refused', 'owed', 'done', 'undone')),
  tries int not null default 0,
  owner_staff_id uuid,
  owner_role text,
  due_at timestamptz,
  version int not null default 1,
  primary key (practice_id, line_id),
  unique (practice_id, rescue_id, visit_id),
  foreign key (practice_id, rescue_id) references rescues,
  foreign key (practice_id, visit_id) references visits,
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, from_physician_id) references resources,
  foreign key (practice_id, to_physician_id) references resources,
  foreign key (practice_id, owner_staff_id) references staff,
  check ((choice = 'move') = (to_starts_at is not null)),
  check ((answer = 'owed') <= (due_at is not null))
);
create index rescue_lines_patient on rescue_lines (practice_id, patient_id);
create index rescue_lines_visit on rescue_lines (practice_id, visit_id);
create index rescue_lines_open on rescue_lines (practice_id, rescue_id)
  where answer in ('open', 'told', 'refused', 'owed');
call frontdesk.protect('rescue_lines', 'select, insert, update');

-- What was said and done about a line.
create table rescue_steps (
  practice_id uuid not null references practices,
  step_id uuid not null,
  line_id uuid not null,
  kind text not null check (kind in ('no-answer', 'left-message', 'agreed', 'refused', 'another', 'to-rebook',
    'done', 'not-said', 'undone')),
  note text not null default '' check (length(note) <= 500),
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, step_id),
  foreign key (practice_id, line_id) references rescue_lines,
  foreign key (practice_id, by_staff_id) references staff
);
create index rescue_steps_of on rescue_steps (practice_id, line_id, at);
call frontdesk.protect('rescue_steps', 'select, insert');
