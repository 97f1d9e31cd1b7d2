-- owner: messages
-- What came in and what goes out, by text and e-mail. Outgoing ones are the outbox: their state is the latest of
-- their steps.
create table messages (
  practice_id uuid not null references practices,
  message_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  channel text not null check (channel in ('text', 'email')),
  -- with whom, or about whom where an authorized person is written to; null: nobody knows yet
  patient_id uuid,
  -- E.164 or one bare address; '' where nobody can be reached
  address text not null check (length(address) <= 254 and address !~ '[[:cntrl:]]'),
  -- an authorized person who is written to in a patient's place; '' when it is the patient
  proxy_name text not null default '',
  at timestamptz not null,
  by_staff_id uuid,
  subject text not null default '' check (length(subject) <= 200 and subject !~ '[[:cntrl:]]'),
  body text not null check (length(body) between 1 and 5000),
  language text not null default 'en',
  -- out: why it is sent, and of which template; '' when it was typed
  purpose text not null default 'other' check (purpose in ('reminder', 'waitlist', 'recall', 'billing', 'other')),
  template text not null default '',
  -- an answer to someone who wrote a moment ago, or to a word of theirs: no quiet hours, no limit
  is_answer boolean not null default false,
  -- out: what of the office it is about; answers that it knows: C, R, Y, N
  about_kind text not null default '',
  about_id uuid,
  answers text[] not null default '{}',
  -- made once, whoever asks for it again
  unique_key text,
  state text not null check (state in ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'suppressed',
    'received')),
  -- a code, or what the provider said
  why text not null default '' check (length(why) <= 300),
  not_before timestamptz,
  -- of no use to anyone after this
  expires_at timestamptz,
  tries int not null default 0,
  claimed_at timestamptz,
  -- the claimed try may have been taken by the provider: it is asked before anything is sent again
  is_unclear boolean not null default false,
  provider_id text not null default '',
  -- in: what it was understood as; '' is for a human
  meaning text not null default ''
    check (meaning in ('', 'opt-out', 'opt-in', 'confirm', 'call-back', 'yes', 'no')),
  red_flags text[] not null default '{}',
  answered_id uuid,
  -- someone at the desk owes it a look or an answer
  waits boolean not null default false,
  settled_at timestamptz,
  settled_by uuid,
  settled_how text not null default '' check (settled_how in ('', 'answered', 'done', 'again')),
  version int not null default 1,
  thread text not null generated always as (coalesce(patient_id::text, address)) stored,
  primary key (practice_id, message_id),
  foreign key (practice_id, patient_id) references patients,
  unique (practice_id, unique_key),
  check ((direction = 'in') = (state = 'received')),
  check (not waits or settled_at is null)
);
create index messages_thread on messages (practice_id, thread, at);
create index messages_patient on messages (practice_id, patient_id, at) where patient_id is not null;
create index messages_address on messages (practice_id, address, at);
create index messages_at on messages (practice_id, at);
create index messages_waiting on messages (practice_id, at) where waits;
create index messages_due on messages (practice_id, not_before) where state in ('queued', 'sending');
create index messages_about on messages (practice_id, about_id) where about_id is not null;
create unique index messages_came_once on messages (practice_id, channel, provider_id)
  where direction = 'in' and provider_id <> '';
call frontdesk.protect('messages', 'select, insert, update');

create table message_steps (
  practice_id uuid not null references practices,
  message_id uuid not null,
  step_no int not null,
  state text not null,
  why text not null default '',
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, message_id, step_no),
  foreign key (practice_id, message_id) references messages
);
call frontdesk.protect('message_steps', 'select, insert');

-- What a number or an address itself said about being written to; the last row of a purpose holds, `all` is each of
-- them. What a patient said at the desk stands in contact_consents; both have to allow a message.
create table message_opts (
  practice_id uuid not null references practices,
  opt_id uuid not null,
  channel text not null check (channel in ('text', 'email')),
  address text not null check (length(address) between 3 and 254),
  purpose text not null check (purpose in ('all', 'reminder', 'waitlist', 'recall', 'billing', 'other')),
  state text not null check (state in ('out', 'in')),
  how text not null check (how in ('word', 'carrier', 'desk', 'wrong-number')),
  -- the message in which it was said
  message_id uuid,
  at timestamptz not null,
  by_staff_id uuid,
  primary key (practice_id, opt_id),
  foreign key (practice_id, message_id) references messages
);
create index message_opts_address on message_opts (practice_id, address, at);
call frontdesk.protect('message_opts', 'select, insert');

-- The practice's own words, where it wrote some.
create table message_templates (
  practice_id uuid not null references practices,
  template text not null check (length(template) between 1 and 40),
  language text not null check (language in ('en', 'es')),
  subject text not null default '' check (length(subject) <= 200 and subject !~ '[[:cntrl:]]'),
  body text not null check (length(body) between 1 and 1000),
  version int not null default 1,
  primary key (practice_id, template, language)
);
call frontdesk.protect('message_templates', 'select, insert, update');

-- Through whom the practice sends, and by which rules. Passwords are sealed with a key that is not in the database.
create table message_settings (
  practice_id uuid not null references practices,
  -- {quietFrom, quietTo, aDay, aWeek, practiceName, phone, receipt}
  rules jsonb not null,
  -- {host, port, security, user, from, fromName, replyTo}; null: no e-mail
  email jsonb,
  email_sealed bytea,
  -- {baseUrl, accountSid, from}; null: no texts
  texts jsonb,
  text_sealed bytea,
  -- the address at which the provider tells us: part of the URL
  hook uuid not null,
  version int not null default 1,
  primary key (practice_id),
  unique (hook)
);
call frontdesk.protect('message_settings', 'select, insert, update');

-- Whose a provider's call is, before a practice is known; shut inside a practice's transaction.
create function frontdesk.find_message_hook(asked uuid) returns table (practice_id uuid, kind text)
language sql stable security definer set search_path = public, pg_temp as
$$ select s.practice_id, p.kind from message_settings s join practices p on p.practice_id = s.practice_id
  where s.hook = asked and frontdesk.practice() is null $$;
revoke all on function frontdesk.find_message_hook(uuid) from public;
grant execute on function frontdesk.find_message_hook(uuid) to frontdesk_app;
