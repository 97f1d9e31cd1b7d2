-- owner: team
-- What one shift leaves to the next: drafted from what is open, sent to a person or a role, acknowledged by whoever
-- goes on with it.
create table handoffs (
  practice_id uuid not null references practices,
  handoff_id uuid not null,
  from_staff_id uuid not null,
  to_staff_id uuid,
  to_role text,
  text text not null default '' check (length(text) <= 4000),
  sent_at timestamptz not null,
  acknowledge_by timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  withdrawn_at timestamptz,
  version int not null default 1,
  primary key (practice_id, handoff_id),
  foreign key (practice_id, from_staff_id) references staff,
  foreign key (practice_id, to_staff_id) references staff,
  foreign key (practice_id, acknowledged_by) references staff,
  check ((to_staff_id is null) <> (to_role is null)),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check (acknowledged_at is null or withdrawn_at is null)
);
create index handoffs_sent on handoffs (practice_id, sent_at);
create index handoffs_open on handoffs (practice_id, acknowledge_by)
  where acknowledged_at is null and withdrawn_at is null;
call frontdesk.protect('handoffs', 'select, insert, update');

-- What was open, as it stood then: kind, subject and due time say whether it still is. `permission`: who may see it.
create table handoff_items (
  practice_id uuid not null references practices,
  handoff_id uuid not null,
  position int not null,
  duty_key text not null,
  permission text not null,
  due_at timestamptz not null,
  title text not null,
  detail text not null default '',
  patient_id uuid,
  note text not null default '' check (length(note) <= 300),
  primary key (practice_id, handoff_id, position),
  foreign key (practice_id, handoff_id) references handoffs,
  foreign key (practice_id, patient_id) references patients
);
create index handoff_items_patient on handoff_items (practice_id, patient_id) where patient_id is not null;
call frontdesk.protect('handoff_items', 'select, insert, update');

-- Questions before it is acknowledged, and their answers.
create table handoff_words (
  practice_id uuid not null references practices,
  word_id uuid not null,
  handoff_id uuid not null,
  kind text not null check (kind in ('question', 'answer')),
  text text not null check (length(text) between 1 and 1000),
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, word_id),
  foreign key (practice_id, handoff_id) references handoffs
);
create index handoff_words_of on handoff_words (practice_id, handoff_id, at);
call frontdesk.protect('handoff_words', 'select, insert');
