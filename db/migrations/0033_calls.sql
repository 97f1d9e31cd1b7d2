-- owner: calls
-- Calls taken: who called, about whom, why, and what was promised to whom by when. The promise is the duty.
create table calls (
  practice_id uuid not null references practices,
  call_id uuid not null,
  at timestamptz not null,
  taken_by uuid,
  caller_kind text not null
    check (caller_kind in ('patient', 'family', 'referring', 'pharmacy', 'payer', 'vendor', 'other')),
  -- as the caller gave it; '' where a record below says it
  caller_name text not null default '' check (length(caller_name) <= 120),
  -- the number to call back: E.164, or as it was typed where it is none
  callback_phone text not null default '',
  -- about whom
  patient_id uuid,
  -- who called, where known: someone of the directory, an authorized person
  contact_id uuid,
  relation_id uuid,
  -- a key of the practice's list
  reason text not null check (length(reason) between 1 and 40),
  text text not null check (length(text) between 1 and 2000),
  best_time text not null default '',
  urgent boolean not null default false,
  -- the practice's words that the text met
  red_flags text[] not null default '{}',
  -- what was asked before anything was told
  identity text not null default 'unchecked' check (identity in ('unchecked', 'verified', 'failed')),
  identifiers text[] not null default '{}'
    check (identifiers <@ array['born-on', 'address', 'phone', 'mrn', 'other']),
  promised_at timestamptz,
  owner_staff_id uuid,
  owner_role text,
  done_at timestamptz,
  done_by uuid,
  entered_in_error_at timestamptz,
  version int not null default 1,
  primary key (practice_id, call_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, contact_id) references contacts,
  foreign key (practice_id, relation_id) references patient_relations,
  foreign key (practice_id, owner_staff_id) references staff,
  -- What is open is owed by a time
  check (done_at is not null or promised_at is not null),
  check (owner_staff_id is null or owner_role is null),
  -- One identifier proves nobody
  check (identity <> 'verified' or cardinality(identifiers) >= 2)
);
create index calls_open on calls (practice_id, promised_at) where done_at is null and entered_in_error_at is null;
create index calls_at on calls (practice_id, at);
create index calls_done on calls (practice_id, done_at) where done_at is not null;
create index calls_patient on calls (practice_id, patient_id, at) where patient_id is not null;
call frontdesk.protect('calls', 'select, insert, update');

-- What was done about a call, by whom and when.
create table call_steps (
  practice_id uuid not null references practices,
  step_id uuid not null,
  call_id uuid not null,
  -- of the call, once this was done: the order of what was done
  version int not null,
  kind text not null check (kind in ('no-answer', 'left-message', 'reached', 'handed-over', 'identity', 'about',
    'done', 'reopened')),
  note text not null default '' check (length(note) <= 500),
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, step_id),
  foreign key (practice_id, call_id) references calls
);
create index call_steps_call on call_steps (practice_id, call_id, version);
call frontdesk.protect('call_steps', 'select, insert');

-- The practice's short list of reasons, its words of danger and its own instruction; the usual ones until it writes.
create table call_settings (
  practice_id uuid not null references practices,
  -- [{key, name, role, minutes, purpose, words, active}]
  reasons jsonb not null,
  red_flags text[] not null,
  instruction text not null,
  urgent_role text not null,
  version int not null default 1,
  primary key (practice_id)
);
call frontdesk.protect('call_settings', 'select, insert, update');
