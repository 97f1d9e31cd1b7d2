-- owner: platform
-- Accounts, their roles, sessions, and what slows a guesser down.
create table accounts (
  practice_id uuid not null references practices,
  account_id uuid not null,
  staff_id uuid not null,
  -- as the staff record says it; here so that the session needs no feature's table
  display_name text not null,
  -- lower-cased; unique over all practices, since signing in names no practice
  email text not null unique check (email = lower(email) and length(email) between 3 and 254),
  password_hash text,
  must_change_password boolean not null default false,
  roles text[] not null default '{}',
  disabled_at timestamptz,
  version int not null default 1,
  primary key (practice_id, account_id),
  unique (practice_id, staff_id)
);
call frontdesk.protect('accounts', 'select, insert, update');

-- Roles are data: what the program's defaults grant, plus what the manager granted, minus what was revoked.
create table role_changes (
  practice_id uuid not null references practices,
  role text not null,
  permission text not null,
  allowed boolean not null,
  primary key (practice_id, role, permission)
);
call frontdesk.protect('role_changes');

create table sessions (
  practice_id uuid not null references practices,
  session_id uuid not null,
  account_id uuid not null,
  token_hash bytea not null unique,
  kind text not null check (kind in ('browser', 'bearer')),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  locked_at timestamptz,
  ended_at timestamptz,
  primary key (practice_id, session_id),
  foreign key (practice_id, account_id) references accounts
);
create index sessions_account on sessions (practice_id, account_id);
call frontdesk.protect('sessions');

create table sign_in_attempts (
  -- SHA-256 of the e-mail or the address, never the thing itself
  bucket bytea primary key,
  failures int not null,
  since timestamptz not null
);
alter table sign_in_attempts enable row level security;

-- The reviewed doors that sign-in needs before a practice is known.
create function frontdesk.account_by_email(wanted text) returns setof accounts
language sql stable security definer set search_path = public, pg_temp as
$$ select * from accounts where email = lower(wanted) and frontdesk.practice() is null $$;

create function frontdesk.session_by_token(wanted bytea) returns table (
  practice_id uuid, session_id uuid, account_id uuid, staff_id uuid, kind text, created_at timestamptz,
  seen_at timestamptz, expires_at timestamptz, locked_at timestamptz, roles text[], email text,
  must_change_password boolean, display_name text, practice_name text, practice_kind text, time_zone text,
  role_changes jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.practice_id, s.session_id, s.account_id, a.staff_id, s.kind, s.created_at, s.seen_at, s.expires_at,
    s.locked_at, a.roles, a.email, a.must_change_password, a.display_name, p.name, p.kind, p.time_zone,
    coalesce((select jsonb_agg(jsonb_build_object('role', c.role, 'permission', c.permission, 'allowed', c.allowed))
      from role_changes c where c.practice_id = s.practice_id and c.role = any (a.roles)), '[]')
  from sessions s
  join accounts a on a.practice_id = s.practice_id and a.account_id = s.account_id
  join practices p on p.practice_id = s.practice_id
  where s.token_hash = wanted and frontdesk.practice() is null and s.ended_at is null and a.disabled_at is null
$$;

create function frontdesk.sign_in_failures(wanted bytea, after timestamptz) returns int
language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce((select failures from sign_in_attempts where bucket = wanted and since > after), 0) $$;

create function frontdesk.note_sign_in_failure(wanted bytea, at timestamptz, after timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_attempts as t (bucket, failures, since) values (wanted, 1, at)
  on conflict (bucket) do update set
    failures = case when t.since > after then t.failures + 1 else 1 end,
    since = case when t.since > after then t.since else at end
$$;

create function frontdesk.clear_sign_in_failures(wanted bytea) returns void
language sql security definer set search_path = public, pg_temp as
$$ delete from sign_in_attempts where bucket = wanted $$;

revoke all on function frontdesk.account_by_email(text), frontdesk.session_by_token(bytea),
  frontdesk.sign_in_failures(bytea, timestamptz), frontdesk.note_sign_in_failure(bytea, timestamptz, timestamptz),
  frontdesk.clear_sign_in_failures(bytea) from public;
grant execute on function frontdesk.account_by_email(text), frontdesk.session_by_token(bytea),
  frontdesk.sign_in_failures(bytea, timestamptz), frontdesk.note_sign_in_failure(bytea, timestamptz, timestamptz),
  frontdesk.clear_sign_in_failures(bytea) to frontdesk_app;
