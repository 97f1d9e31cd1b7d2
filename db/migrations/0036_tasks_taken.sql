-- owner: tasks
-- A task given to a role may be taken by one of them, and given back.
alter table tasks
  add column taken_by uuid,
  add column taken_at timestamptz,
  add constraint tasks_taken foreign key (practice_id, taken_by) references staff,
  add constraint tasks_taken_when check ((taken_by is null) = (taken_at is null)),
  -- what was given to one person by name is theirs already
  add constraint tasks_taken_of_many check (taken_by is null or owner_staff_id is null);
