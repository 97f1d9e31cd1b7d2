-- owner: schedule
-- The first setting up of a new practice: its specialty, and the step at which its manager is.
create table set_ups (
  practice_id uuid primary key references practices,
  specialty text not null check (length(specialty) between 1 and 40),
  step text not null check (length(step) between 1 and 40),
  finished_at timestamptz
);
call frontdesk.protect('set_ups', 'select, insert, update');

-- owner: platform
-- One practice is made in the browser, in a database that has none: of two at once the second waits and is refused.
create table first_practice (
  the_one boolean primary key default true check (the_one),
  made_at timestamptz not null
);
alter table first_practice enable row level security;

create function frontdesk.claim_first_practice(at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  taken int;
begin
  insert into first_practice (made_at) values (at) on conflict do nothing;
  get diagnostics taken = row_count;
  return taken = 1 and not exists (select from practices);
end $$;
revoke all on function frontdesk.claim_first_practice(timestamptz) from public;
grant execute on function frontdesk.claim_first_practice(timestamptz) to frontdesk_app;
