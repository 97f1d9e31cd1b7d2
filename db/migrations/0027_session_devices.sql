-- owner: platform
-- On what a session was opened, as its person would say it ("Firefox on Windows"): never the whole user agent.
alter table sessions add column device text not null default '' check (length(device) <= 60);
