-- owner: schedule
-- A screen on the wall reads who waits by an address of its own: initials and minutes, and nothing else of the
-- office. Of the secret only the fingerprint is kept, as of a calendar feed's
-- (docs/decisions/0041-a-wall-reads-by-its-own-address.md).
create table wall_addresses (
  practice_id uuid not null references practices,
  wall_id uuid not null,
  -- which screen it is
  name text not null check (length(name) between 1 and 60),
  -- null: of all sites
  site_id uuid,
  token_hash bytea not null unique check (length(token_hash) = 32),
  created_at timestamptz not null,
  created_by uuid,
  revoked_at timestamptz,
  -- to the hour
  read_at timestamptz,
  primary key (practice_id, wall_id),
  foreign key (practice_id, site_id) references sites
);
call frontdesk.protect('wall_addresses', 'select, insert, update');

-- The door of a wall, before a practice is known; shut inside a practice.
create function frontdesk.wall_by_token(wanted bytea)
returns table (practice_id uuid, feed_id uuid, practice_kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.practice_id, w.wall_id, p.kind from wall_addresses w
  join practices p on p.practice_id = w.practice_id
  where w.token_hash = wanted and w.revoked_at is null and frontdesk.practice() is null
$$;
revoke all on function frontdesk.wall_by_token(bytea) from public;
grant execute on function frontdesk.wall_by_token(bytea) to frontdesk_app;
