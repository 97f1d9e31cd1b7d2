-- owner: team
-- Short notes of colleagues on a patient, a visit, a task: the office's own words, part of the medical record only where
-- someone marks them so.
create table notes (
  practice_id uuid not null references practices,
  note_id uuid not null,
  subject_kind text not null check (length(subject_kind) between 1 and 40),
  subject_id uuid not null,
  -- whom the subject is about
  patient_id uuid,
  text text not null check (length(text) between 1 and 2000),
  in_record boolean not null default false,
  made_at timestamptz not null,
  made_by uuid,
  changed_at timestamptz,
  -- struck out, not deleted: it stays to be read, with why
  struck_at timestamptz,
  struck_by uuid,
  struck_reason text,
  version int not null default 1,
  primary key (practice_id, note_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, made_by) references staff,
  check ((struck_at is null) = (struck_reason is null))
);
create index notes_patient on notes (practice_id, patient_id, made_at) where patient_id is not null;
create index notes_subject on notes (practice_id, subject_id, made_at);
create index notes_author on notes (practice_id, made_by, made_at);
call frontdesk.protect('notes', 'select, insert, update');

-- As it read before each change.
create table note_versions (
  practice_id uuid not null references practices,
  note_id uuid not null,
  version int not null,
  text text not null,
  in_record boolean not null,
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, note_id, version),
  foreign key (practice_id, note_id) references notes
);
call frontdesk.protect('note_versions', 'select, insert');

-- Whom a note names with @: a colleague, or a role of which one reads it.
create table note_mentions (
  practice_id uuid not null references practices,
  mention_id uuid not null,
  note_id uuid not null,
  staff_id uuid,
  role text,
  at timestamptz not null,
  read_at timestamptz,
  read_by uuid,
  withdrawn_at timestamptz,
  version int not null default 1,
  primary key (practice_id, mention_id),
  foreign key (practice_id, note_id) references notes,
  foreign key (practice_id, staff_id) references staff,
  check ((staff_id is null) <> (role is null))
);
create index note_mentions_of on note_mentions (practice_id, note_id);
create index note_mentions_unread on note_mentions (practice_id, at) where read_at is null and withdrawn_at is null;
call frontdesk.protect('note_mentions', 'select, insert, update');
