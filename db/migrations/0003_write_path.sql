-- owner: platform
-- Idempotency of writes, the outbox, and jobs.
create table idempotency_keys (
  practice_id uuid not null references practices,
  account_id uuid not null,
  key text not null check (length(key) between 8 and 64),
  request_hash bytea not null,
  answer jsonb,
  at timestamptz not null,
  primary key (practice_id, account_id, key)
);
create index idempotency_keys_at on idempotency_keys (practice_id, at);
call frontdesk.protect('idempotency_keys');

-- What happened, told to the features to the right: a versioned shape from the writer's events.ts.
create table outbox_events (
  practice_id uuid not null references practices,
  event_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  payload jsonb not null,
  at timestamptz not null,
  primary key (practice_id, event_id)
);
create index outbox_events_at on outbox_events (practice_id, at);
call frontdesk.protect('outbox_events', 'select, insert, delete');

create table jobs (
  practice_id uuid not null references practices,
  job_id uuid not null,
  kind text not null,
  -- a job with an unfinished older one of the same kind and subject waits: order per subject
  subject_key text not null default '',
  -- at most one waiting job per key
  unique_key text,
  payload jsonb not null default '{}',
  run_at timestamptz not null,
  attempts int not null default 0,
  leased_until timestamptz,
  last_error text,
  dead_at timestamptz,
  created_at timestamptz not null,
  primary key (practice_id, job_id),
  unique (practice_id, unique_key)
);
create index jobs_due on jobs (run_at) where dead_at is null;
create index jobs_subject on jobs (practice_id, kind, subject_key, job_id);
create index jobs_dead on jobs (practice_id, dead_at) where dead_at is not null;
call frontdesk.protect('jobs');

-- Lease the next due job of any practice (docs/decisions: the poll has no practice). A leased job whose
-- lease ran out is due again. Order per (practice, kind, subject) is kept, also past a dead one.
create function frontdesk.lease_job(at timestamptz, lease interval) returns setof jobs
language sql security definer set search_path = public, pg_temp as $$
  update jobs set leased_until = at + lease, attempts = attempts + 1
  where (practice_id, job_id) in (
    select j.practice_id, j.job_id from jobs j
    where frontdesk.practice() is null and j.dead_at is null and j.run_at <= at and (j.leased_until is null or j.leased_until < at)
      and not exists (
        select from jobs older
        where j.subject_key <> '' and older.practice_id = j.practice_id and older.kind = j.kind
          and older.subject_key = j.subject_key and older.job_id < j.job_id)
    order by j.run_at, j.job_id
    limit 1
    for update skip locked)
  returning *
$$;
revoke all on function frontdesk.lease_job(timestamptz, interval) from public;
grant execute on function frontdesk.lease_job(timestamptz, interval) to frontdesk_app;
