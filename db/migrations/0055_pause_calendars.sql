-- owner: schedule
-- While paused an external calendar is not read and takes no time.
alter table external_calendars add column paused_at timestamptz;
-- What the last change of it can be undone to; its address is shown to nobody, also not for that.
alter table external_calendars add column previous jsonb;
