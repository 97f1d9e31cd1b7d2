-- owner: self-service
-- Addresses by which a patient acts for themself, each for one purpose and a time. The address is a secret that the
-- office signed; here is only its fingerprint (docs/decisions/0047-a-patient-acts-by-a-link.md).
create table patient_links (
  practice_id uuid not null references practices,
  link_id uuid not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  purpose text not null check (purpose in ('visit', 'offer', 'waitlist', 'book')),
  -- the visit, the offer, the visit type
  subject_id uuid not null,
  patient_id uuid not null,
  made_at timestamptz not null,
  -- null: the office by itself
  made_by uuid,
  expires_at timestamptz not null,
  -- birth dates that were wrong
  misses int not null default 0,
  -- somebody proved that they are this person
  opened_at timestamptz,
  closed_at timestamptz,
  closed_why text check (closed_why in ('used', 'guessed', 'stopped')),
  -- a closed one that was guessed at: somebody has seen to it
  seen_at timestamptz,
  seen_by uuid,
  primary key (practice_id, link_id),
  foreign key (practice_id, patient_id) references patients,
  check (expires_at > made_at),
  check ((closed_at is null) = (closed_why is null))
);
create index patient_links_patient on patient_links (practice_id, patient_id);
create index patient_links_subject on patient_links (practice_id, subject_id);
create index patient_links_guessed on patient_links (practice_id, closed_at)
  where closed_why = 'guessed' and seen_at is null;
call frontdesk.protect('patient_links', 'select, insert, update');

-- The door of a link, before a practice is known; shut inside a practice, as that of sessions is.
create function frontdesk.patient_link_by_token(wanted bytea)
returns table (practice_id uuid, link_id uuid, practice_kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.practice_id, l.link_id, p.kind from patient_links l
  join practices p on p.practice_id = l.practice_id
  where l.token_hash = wanted and frontdesk.practice() is null
$$;
revoke all on function frontdesk.patient_link_by_token(bytea) from public;
grant execute on function frontdesk.patient_link_by_token(bytea) to frontdesk_app;
