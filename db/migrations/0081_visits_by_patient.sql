-- owner: schedule
-- The patient booked it by themself, on a page of ours; a step that they take says so in its detail.
alter table visits add column by_patient boolean not null default false;
