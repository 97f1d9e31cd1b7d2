-- owner: platform
-- The practice (tenant), the application's role, and how a row knows whose it is.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

do $$
begin
  create role frontdesk_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;

create schema if not exists frontdesk;
grant usage on schema frontdesk to frontdesk_app;

-- The practice of the running transaction; null outside one, so that a forgotten context sees nothing.
create function frontdesk.practice() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('frontdesk.practice_id', true), '')::uuid $$;

-- Row-level security and the application's rights on a table, in one place. Not FORCE: search functions run as
-- the owner (docs/decisions/0003-row-level-security.md).
create procedure frontdesk.protect(target regclass, rights text default 'select, insert, update, delete')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy of_practice on %s using (practice_id = (select frontdesk.practice())) '
    'with check (practice_id = (select frontdesk.practice()))', target);
  execute format('grant %s on %s to frontdesk_app', rights, target);
end $$;

create table practices (
  practice_id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  kind text not null default 'real' check (kind in ('real', 'demo', 'training')),
  time_zone text not null,
  phone text not null default '',
  created_at timestamptz not null,
  -- the demo: seed, anchor date and how far its past has been played
  demo jsonb
);
call frontdesk.protect('practices', 'select, insert, update');

-- Which practices exist, before anyone has signed in: ids and kinds, never a name. Like every door of this kind
-- it is shut inside a practice's transaction.
create function frontdesk.list_practices() returns table (practice_id uuid, kind text)
language sql stable security definer set search_path = public, pg_temp as
$$ select practice_id, kind from practices where frontdesk.practice() is null order by created_at $$;
revoke all on function frontdesk.list_practices() from public;
grant execute on function frontdesk.list_practices() to frontdesk_app;

-- Numbers that go up, one row per practice and name (MRN).
create table counters (
  practice_id uuid not null references practices,
  name text not null,
  last_value bigint not null,
  primary key (practice_id, name)
);
call frontdesk.protect('counters', 'select, insert, update');
