-- owner: waitlist
-- People who wait for a visit that cannot be had now, or for an earlier one than they have.
create table waitlist_entries (
  practice_id uuid not null references practices,
  entry_id uuid not null,
  patient_id uuid not null,
  visit_type_id uuid not null,
  -- the later visit that would be moved forward, and where it stood when they began to wait
  visit_id uuid,
  visit_was_at timestamptz,
  -- empty: any
  physician_ids uuid[] not null default '{}',
  site_ids uuid[] not null default '{}',
  weekdays int[] not null default '{}' check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]),
  -- [{from, to}], wall time of the site
  times jsonb not null default '[]',
  earliest_on date,
  latest_on date,
  notice_hours int not null check (notice_hours between 0 and 336),
  priority text not null check (priority in ('urgent', 'soon', 'routine')),
  priority_reason text not null default '' check (length(priority_reason) <= 300),
  note text not null default '' check (length(note) <= 500),
  expires_on date not null,
  -- their place in the order: kept through changes, merges and lost offers
  added_at timestamptz not null,
  added_by uuid,
  filled_at timestamptz,
  filled_visit_id uuid,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text not null default '' check (length(withdrawn_reason) <= 300),
  version int not null default 1,
  primary key (practice_id, entry_id),
  foreign key (practice_id, patient_id) references patients,
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, visit_id) references visits,
  foreign key (practice_id, filled_visit_id) references visits,
  check (earliest_on is null or latest_on is null or earliest_on <= latest_on),
  -- Who goes first says why
  check (priority = 'routine' or priority_reason <> ''),
  check ((visit_id is null) = (visit_was_at is null)),
  check (filled_at is null or withdrawn_at is null)
);
create index waitlist_entries_open on waitlist_entries (practice_id, added_at)
  where filled_at is null and withdrawn_at is null;
create index waitlist_entries_patient on waitlist_entries (practice_id, patient_id);
create index waitlist_entries_filled on waitlist_entries (practice_id, filled_visit_id)
  where filled_visit_id is not null;
call frontdesk.protect('waitlist_entries', 'select, insert, update');

-- Time that was given away, or that someone wants filled, while it is offered.
create table waitlist_openings (
  practice_id uuid not null references practices,
  opening_id uuid not null,
  visit_type_id uuid not null,
  site_id uuid not null,
  physician_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  cause text not null check (cause in ('cancelled', 'moved', 'no-show', 'by-hand')),
  -- the visit that gave it away
  freed_by uuid,
  -- the event that told of it: it opens once
  event_id uuid,
  opened_at timestamptz not null,
  opened_by uuid,
  hold_id uuid,
  wave int not null default 0,
  -- when the next wave goes out, where nobody takes it
  next_at timestamptz,
  closed_at timestamptz,
  outcome text check (outcome in ('filled', 'taken', 'nobody', 'too-late', 'stopped')),
  filled_entry_id uuid,
  filled_visit_id uuid,
  version int not null default 1,
  primary key (practice_id, opening_id),
  foreign key (practice_id, visit_type_id) references visit_types,
  foreign key (practice_id, site_id) references sites,
  foreign key (practice_id, physician_id) references resources,
  foreign key (practice_id, freed_by) references visits,
  foreign key (practice_id, filled_entry_id) references waitlist_entries,
  foreign key (practice_id, filled_visit_id) references visits,
  unique (practice_id, event_id),
  check (ends_at > starts_at),
  check ((closed_at is null) = (outcome is null)),
  -- One winner, and only of what was filled
  check ((outcome is not distinct from 'filled') = (filled_visit_id is not null)),
  check ((filled_visit_id is null) = (filled_entry_id is null))
);
create unique index waitlist_openings_open on waitlist_openings (practice_id, physician_id, starts_at)
  where closed_at is null;
create index waitlist_openings_at on waitlist_openings (practice_id, opened_at);
call frontdesk.protect('waitlist_openings', 'select, insert, update');

-- An opening offered to someone who waits, until when, and what came of it.
create table waitlist_offers (
  practice_id uuid not null references practices,
  offer_id uuid not null,
  opening_id uuid not null,
  entry_id uuid not null,
  wave int not null,
  position int not null,
  channel text not null,
  offered_at timestamptz not null,
  answer_by timestamptz not null,
  -- a message was left: whoever is too late is told so
  left_at timestamptz,
  answer text check (answer in ('yes', 'no', 'not-reached')),
  answered_at timestamptz,
  answered_by uuid,
  outcome text check (outcome in ('won', 'lost', 'no', 'not-reached', 'timed-out', 'gone')),
  closed_at timestamptz,
  told_at timestamptz,
  told_by uuid,
  version int not null default 1,
  primary key (practice_id, offer_id),
  foreign key (practice_id, opening_id) references waitlist_openings,
  foreign key (practice_id, entry_id) references waitlist_entries,
  -- Nobody is asked twice about one opening
  unique (practice_id, opening_id, entry_id),
  check (answer_by > offered_at),
  check ((closed_at is null) = (outcome is null))
);
-- One winner of an opening, whatever the program does
create unique index waitlist_offers_won on waitlist_offers (practice_id, opening_id) where outcome = 'won';
create index waitlist_offers_open on waitlist_offers (practice_id, entry_id) where closed_at is null;
create index waitlist_offers_untold on waitlist_offers (practice_id, closed_at)
  where left_at is not null and told_at is null and closed_at is not null;
call frontdesk.protect('waitlist_offers', 'select, insert, update');

-- How each wave was chosen, never changed: the opening and the settings as they were, and of each who waited the
-- place in the order or why they were passed over, with the facts that decided it. Whoever doubts it works it out anew.
create table waitlist_waves (
  practice_id uuid not null references practices,
  opening_id uuid not null,
  wave int not null,
  at timestamptz not null,
  rule_version int not null,
  slot jsonb not null,
  settings jsonb not null,
  primary key (practice_id, opening_id, wave),
  foreign key (practice_id, opening_id) references waitlist_openings
);
call frontdesk.protect('waitlist_waves', 'select, insert');
create table waitlist_choices (
  practice_id uuid not null references practices,
  opening_id uuid not null,
  wave int not null,
  entry_id uuid not null,
  -- in the order of the rule, from 1; null: passed over
  position int,
  offered boolean not null,
  why text[] not null,
  facts jsonb not null,
  primary key (practice_id, opening_id, wave, entry_id),
  foreign key (practice_id, opening_id, wave) references waitlist_waves,
  foreign key (practice_id, entry_id) references waitlist_entries,
  check (not offered or position is not null),
  check ((position is null) = (cardinality(why) > 0))
);
call frontdesk.protect('waitlist_choices', 'select, insert');

-- As usual until the practice writes its own.
create table waitlist_settings (
  practice_id uuid not null references practices,
  is_on boolean not null,
  at_once int not null check (at_once between 1 and 500),
  answer_minutes int not null check (answer_minutes between 5 and 720),
  quiet_from text not null check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_to text not null check (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  notice_hours int not null check (notice_hours between 0 and 336),
  off_type_ids uuid[] not null default '{}',
  version int not null default 1,
  primary key (practice_id)
);
call frontdesk.protect('waitlist_settings', 'select, insert, update');
