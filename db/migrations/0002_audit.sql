-- owner: platform
-- Who did or saw what. Append-only for the application; chained per practice by an HMAC whose key is kept
-- outside the database (45 CFR 164.312(b), (c)(2)).
create table audit_records (
  practice_id uuid not null references practices,
  seq bigint not null,
  at timestamptz not null,
  account_id uuid,
  staff_id uuid,
  request_id text not null,
  action text not null,
  subject_kind text not null,
  subject_ids uuid[] not null,
  reason text,
  before jsonb,
  after jsonb,
  mac bytea not null,
  recorded_at timestamptz not null default now(),
  primary key (practice_id, seq)
);
create index audit_records_at on audit_records (practice_id, at);
create index audit_records_subjects on audit_records using gin (subject_ids);
call frontdesk.protect('audit_records', 'select, insert');

-- The end of each practice's chain; its row is the lock that orders the chain, taken last in a transaction.
create table audit_heads (
  practice_id uuid primary key references practices,
  seq bigint not null,
  mac bytea not null
);
call frontdesk.protect('audit_heads', 'select, insert, update');

create function frontdesk.refuse_change() returns trigger language plpgsql as
$$ begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$;
create trigger append_only before update or delete on audit_records
  for each row execute function frontdesk.refuse_change();
create trigger append_only_whole before truncate on audit_records
  for each statement execute function frontdesk.refuse_change();
