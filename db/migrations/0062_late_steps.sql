-- owner: schedule
-- What was cancelled or moved too late is rare: reports find it without reading every step.
create index visit_steps_late on visit_steps (practice_id, visit_id)
  where undone_at is null and step in ('cancelled', 'moved') and detail ->> 'late' = 'true';
