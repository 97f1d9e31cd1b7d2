-- owner: tasks
create table tasks (
  practice_id uuid not null references practices,
  task_id uuid not null,
  text text not null check (length(text) between 1 and 500),
  due_at timestamptz not null,
  owner_staff_id uuid,
  owner_role text,
  patient_id uuid,
  -- null: once; else {every: day|week|month|year, count, anchoredOn}: counted from that date, so that a month
  -- which ends earlier shifts nothing (Jan 31, Feb 28, Mar 31)
  repeat jsonb,
  done_at timestamptz,
  done_by uuid,
  -- the one that was made when this was done
  next_task_id uuid,
  created_at timestamptz not null,
  created_by uuid,
  entered_in_error_at timestamptz,
  version int not null default 1,
  primary key (practice_id, task_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, owner_staff_id) references staff
);
create index tasks_open on tasks (practice_id, due_at) where done_at is null and entered_in_error_at is null;
create index tasks_done on tasks (practice_id, done_at) where done_at is not null;
create index tasks_patient on tasks (practice_id, patient_id, due_at);
call frontdesk.protect('tasks', 'select, insert, update');

-- What people said about a duty that the facts cannot know: snoozed with a reason, given to someone.
-- The duty itself is derived; its key is kind + subject + due time.
create table duty_marks (
  practice_id uuid not null references practices,
  duty_key text not null,
  snoozed_until timestamptz,
  snooze_reason text,
  owner_staff_id uuid,
  at timestamptz not null,
  by_staff_id uuid,
  version int not null default 1,
  primary key (practice_id, duty_key)
);
call frontdesk.protect('duty_marks', 'select, insert, update');
