-- owner: schedule
-- Openings held for a whole day that is being rescued: many at once at one desk, beside those held for a call.
alter table holds add column for_rescue boolean not null default false;
create index holds_rescue on holds (practice_id, account_id) where for_rescue;
