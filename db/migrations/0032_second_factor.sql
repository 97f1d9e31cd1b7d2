-- owner: platform
-- What proves who signs in beside the password: the codes of an authenticator app, recovery codes, passkeys; and
-- for which roles the practice asks for it. docs/decisions/0039-a-second-step-at-sign-in.md
create table authenticators (
  practice_id uuid not null,
  account_id uuid not null,
  -- sealed with a key that is kept outside the database (AES-256-GCM)
  sealed_secret bytea,
  -- begun, and its first code not given yet: what is in use stays in use until then
  pending_secret bytea,
  confirmed_at timestamptz,
  -- the 30-second step of the last code that was taken: none works twice (RFC 6238, 5.2)
  last_step int not null default 0,
  primary key (practice_id, account_id),
  foreign key (practice_id, account_id) references accounts,
  check ((sealed_secret is null) = (confirmed_at is null)),
  check (sealed_secret is not null or pending_secret is not null)
);
call frontdesk.protect('authenticators');

create table recovery_codes (
  practice_id uuid not null,
  account_id uuid not null,
  -- keyed hash: the database alone does not let anyone try codes
  code_hash bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (practice_id, account_id, code_hash),
  foreign key (practice_id, account_id) references accounts
);
call frontdesk.protect('recovery_codes');

create table passkeys (
  practice_id uuid not null,
  passkey_id uuid not null,
  account_id uuid not null,
  -- base64url; unique over all practices, since signing in names no practice
  credential_id text not null unique check (length(credential_id) between 1 and 1400),
  -- the domain that it was made for: it signs in there and nowhere else
  rp_id text not null check (length(rp_id) between 1 and 253),
  public_key bytea not null,
  -- goes up with each use where the device counts; one that goes back was copied (WebAuthn 6.1.1)
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 60),
  made_at timestamptz not null,
  last_used_at timestamptz,
  primary key (practice_id, passkey_id),
  foreign key (practice_id, account_id) references accounts
);
create index passkeys_account on passkeys (practice_id, account_id);
call frontdesk.protect('passkeys');

-- For these roles the practice asks for a second step, from a moment on.
create table second_factor_roles (
  practice_id uuid not null references practices,
  role text not null,
  required_from timestamptz not null,
  primary key (practice_id, role)
);
call frontdesk.protect('second_factor_roles');

-- The manager took someone's second step away: told at that person's desk until they have seen it.
alter table accounts
  add column factors_reset_at timestamptz,
  add column factors_reset_reason text not null default '' check (length(factors_reset_reason) <= 300);

-- Challenges that were answered, until they would be too old anyway: no answer works twice.
create table used_challenges (
  challenge_hash bytea primary key,
  until timestamptz not null
);
alter table used_challenges enable row level security;

create function frontdesk.use_challenge(wanted bytea, at timestamptz, valid_until timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  taken int;
begin
  delete from used_challenges where until < at;
  insert into used_challenges (challenge_hash, until) values (wanted, valid_until) on conflict do nothing;
  get diagnostics taken = row_count;
  return taken = 1;
end $$;

-- Counts a try before it is looked at, so that many at once cannot slip by the limit.
create function frontdesk.count_code_try(wanted bytea, at timestamptz, after timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_attempts as t (bucket, failures, since) values (wanted, 1, at)
  on conflict (bucket) do update set
    failures = case when t.since > after then t.failures + 1 else 1 end,
    since = case when t.since > after then t.since else at end
  returning failures
$$;

-- A passkey with its account, before a practice is known.
create function frontdesk.passkey_by_credential(wanted text) returns table (
  practice_id uuid, passkey_id uuid, account_id uuid, staff_id uuid, email text, rp_id text, public_key bytea,
  counter bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.practice_id, k.passkey_id, k.account_id, a.staff_id, a.email, k.rp_id, k.public_key, k.counter
  from passkeys k join accounts a on a.practice_id = k.practice_id and a.account_id = k.account_id
  where k.credential_id = wanted and frontdesk.practice() is null and a.disabled_at is null
$$;

-- As in 0004, and what the account has beside its password.
drop function frontdesk.session_by_token(bytea);
create function frontdesk.session_by_token(wanted bytea) returns table (
  practice_id uuid, session_id uuid, account_id uuid, staff_id uuid, kind text, created_at timestamptz,
  seen_at timestamptz, expires_at timestamptz, locked_at timestamptz, roles text[], email text,
  must_change_password boolean, display_name text, practice_name text, practice_kind text, time_zone text,
  role_changes jsonb, factors jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.practice_id, s.session_id, s.account_id, a.staff_id, s.kind, s.created_at, s.seen_at, s.expires_at,
    s.locked_at, a.roles, a.email, a.must_change_password, a.display_name, p.name, p.kind, p.time_zone,
    coalesce((select jsonb_agg(jsonb_build_object('role', c.role, 'permission', c.permission, 'allowed', c.allowed))
      from role_changes c where c.practice_id = s.practice_id and c.role = any (a.roles)), '[]'),
    jsonb_build_object(
      'authenticator', exists (select from authenticators u where u.practice_id = s.practice_id
        and u.account_id = s.account_id and u.confirmed_at is not null),
      'passkeys', (select count(*) from passkeys k where k.practice_id = s.practice_id
        and k.account_id = s.account_id),
      'requiredFrom', (select min(r.required_from) from second_factor_roles r
        where r.practice_id = s.practice_id and r.role = any (a.roles)),
      'resetAt', a.factors_reset_at, 'resetReason', a.factors_reset_reason)
  from sessions s
  join accounts a on a.practice_id = s.practice_id and a.account_id = s.account_id
  join practices p on p.practice_id = s.practice_id
  where s.token_hash = wanted and frontdesk.practice() is null and s.ended_at is null and a.disabled_at is null
$$;

revoke all on function frontdesk.session_by_token(bytea), frontdesk.passkey_by_credential(text),
  frontdesk.use_challenge(bytea, timestamptz, timestamptz), frontdesk.count_code_try(bytea, timestamptz, timestamptz)
  from public;
grant execute on function frontdesk.session_by_token(bytea), frontdesk.passkey_by_credential(text),
  frontdesk.use_challenge(bytea, timestamptz, timestamptz), frontdesk.count_code_try(bytea, timestamptz, timestamptz)
  to frontdesk_app;
