-- owner: schedule
-- What the practice's own history tells of visits that may be missed, learned again every night: what counts how much,
-- and how well it did on the last ninety days, which it had not seen (docs/decisions/0045-who-may-not-come.md). No
-- marks are stored: a mark is derived whenever it is shown.
create table visit_risks (
  practice_id uuid not null references practices,
  learned_at timestamptz not null,
  -- riskModel of schedule/risk/schema.ts
  model jsonb not null,
  primary key (practice_id)
);
call frontdesk.protect('visit_risks', 'select, insert, update');
