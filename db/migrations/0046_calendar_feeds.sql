-- owner: schedule
-- A physician's visits for their own calendar: who has the address may read, so it is a secret of 256 bits of
-- which only the fingerprint is kept (docs/decisions/0031-calendar-feeds.md).
create table calendar_feeds (
  practice_id uuid not null references practices,
  feed_id uuid not null,
  physician_id uuid not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  created_at timestamptz not null,
  created_by uuid,
  revoked_at timestamptz,
  -- to the hour
  read_at timestamptz,
  primary key (practice_id, feed_id),
  foreign key (practice_id, physician_id) references resources
);
-- one address a physician at a time
create unique index calendar_feeds_one on calendar_feeds (practice_id, physician_id) where revoked_at is null;
call frontdesk.protect('calendar_feeds', 'select, insert, update');

-- What feeds say; a row a practice, made at the first change.
create table feed_settings (
  practice_id uuid not null references practices,
  -- what a feed says of patients: it leaves the building
  feed_names text not null default 'none' check (feed_names in ('none', 'initials', 'names')),
  version int not null default 1,
  primary key (practice_id)
);
call frontdesk.protect('feed_settings', 'select, insert, update');

-- The door of a feed, before a practice is known; shut inside a practice, as that of sessions is.
create function frontdesk.feed_by_token(wanted bytea)
returns table (practice_id uuid, feed_id uuid, practice_kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.practice_id, f.feed_id, p.kind from calendar_feeds f
  join practices p on p.practice_id = f.practice_id
  where f.token_hash = wanted and f.revoked_at is null and frontdesk.practice() is null
$$;
revoke all on function frontdesk.feed_by_token(bytea) from public;
grant execute on function frontdesk.feed_by_token(bytea) to frontdesk_app;
