-- owner: follow-ups
-- What a physician asked for at the end of a visit ("back in six weeks, MRI first"), as one record that stays until it is
-- kept, refused by the patient, or closed by the physician. Whether it is booked or kept is the state of its visit, and
-- stands nowhere else.
create table follow_ups (
  practice_id uuid not null references practices,
  follow_up_id uuid not null,
  patient_id uuid not null,
  origin text not null default 'ordered' check (origin in ('ordered', 'rule')),
  -- the visit at whose end it was asked for
  from_visit_id uuid,
  visit_type_id uuid not null,
  -- null: any
  physician_id uuid,
  target_on date not null,
  earliest_on date not null,
  latest_on date not null,
  -- as it was said: "6 weeks"
  said text not null default '' check (length(said) <= 80),
  priority text not null default 'routine' check (priority in ('routine', 'soon', 'urgent')),
  instructions text not null default '' check (length(instructions) <= 2000),
  ordered_at timestamptz not null,
  ordered_by uuid,
  -- the visit booked for it
  visit_id uuid,
  -- from when it is somebody's work: early enough to find a time, or when the next try was set
  act_on date not null,
  next_try_on date,
  -- its visit was seen completed: keeps the lists of open ones small, and decides nothing
  settled_at timestamptz,
  ended_as text check (ended_as in ('refused', 'closed')),
  ended_at timestamptz,
  ended_by uuid,
  ended_reason text not null default '' check (length(ended_reason) <= 300),
  entered_in_error_at timestamptz,
  version int not null default 1,
  primary key (practice_id, follow_up_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, from_visit_id) references visits,
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, physician_id) references resources,
  foreign key (practice_id, visit_id) references visits,
  check (earliest_on <= target_on and target_on <= latest_on),
  check ((ended_as is null) = (ended_at is null))
);
create index follow_ups_open on follow_ups (practice_id, act_on, follow_up_id)
  where ended_as is null and settled_at is null and entered_in_error_at is null;
create index follow_ups_latest on follow_ups (practice_id, latest_on, follow_up_id)
  where ended_as is null and settled_at is null and entered_in_error_at is null;
create index follow_ups_tries on follow_ups (practice_id, next_try_on, follow_up_id)
  where next_try_on is not null and ended_as is null and settled_at is null and entered_in_error_at is null;
create index follow_ups_patient on follow_ups (practice_id, patient_id, target_on);
create index follow_ups_visit on follow_ups (practice_id, visit_id) where visit_id is not null;
create index follow_ups_from_visit on follow_ups (practice_id, from_visit_id) where from_visit_id is not null;
create index follow_ups_ended on follow_ups (practice_id, ended_at) where ended_at is not null;
call frontdesk.protect('follow_ups', 'select, insert, update');

-- What must happen before the visit: an MRI, the lab's results. Done when someone says so.
create table follow_up_prerequisites (
  practice_id uuid not null references practices,
  prerequisite_id uuid not null,
  follow_up_id uuid not null,
  position int not null,
  text text not null check (length(text) between 1 and 120),
  done_at timestamptz,
  done_by uuid,
  -- taken off the list, not deleted
  removed_at timestamptz,
  primary key (practice_id, prerequisite_id),
  foreign key (practice_id, follow_up_id) references follow_ups
);
create index follow_up_prerequisites_of on follow_up_prerequisites (practice_id, follow_up_id, position);
create index follow_up_prerequisites_open on follow_up_prerequisites (practice_id, follow_up_id)
  where done_at is null and removed_at is null;
call frontdesk.protect('follow_up_prerequisites', 'select, insert, update');

-- What was done about it, by whom and when; its visits' own steps stand with the visits.
create table follow_up_steps (
  practice_id uuid not null references practices,
  step_id uuid not null,
  follow_up_id uuid not null,
  -- of the follow-up, once this was done: the order of what was done
  version int not null,
  kind text not null check (kind in ('ordered', 'changed', 'booked', 'linked', 'unlinked', 'done-first', 'not-done-first',
    'refused', 'closed', 'reopened', 'entered-in-error')),
  note text not null default '' check (length(note) <= 500),
  visit_id uuid,
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, step_id),
  foreign key (practice_id, follow_up_id) references follow_ups,
  foreign key (practice_id, visit_id) references visits
);
create index follow_up_steps_of on follow_up_steps (practice_id, follow_up_id, version);
call frontdesk.protect('follow_up_steps', 'select, insert');

-- Who tried to reach the patient about it, how, and what came of it.
create table follow_up_attempts (
  practice_id uuid not null references practices,
  attempt_id uuid not null,
  follow_up_id uuid not null,
  version int not null,
  channel text not null check (channel in ('call', 'voicemail', 'text', 'email', 'mail', 'in-person')),
  outcome text not null check (outcome in ('reached', 'left-message', 'no-answer', 'wrong-number', 'refused', 'sent')),
  note text not null default '' check (length(note) <= 500),
  next_try_on date,
  -- the first, second, third letter
  letter_no int check (letter_no between 1 and 9),
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, attempt_id),
  foreign key (practice_id, follow_up_id) references follow_ups
);
create index follow_up_attempts_of on follow_up_attempts (practice_id, follow_up_id, version);
create index follow_up_attempts_at on follow_up_attempts (practice_id, at);
call frontdesk.protect('follow_up_attempts', 'select, insert');
