-- owner: schedule
-- {before, visits: [{visitId, version}]}: the last move of a session as it left everyone, for undoing it whole.
alter table group_sessions add column moved jsonb;
-- A session of fewer places gives up seats that nobody has.
grant delete on group_seats to frontdesk_app;
