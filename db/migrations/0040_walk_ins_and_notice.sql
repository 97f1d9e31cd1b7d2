-- owner: schedule
-- Someone who came without a visit: registered as arrived, and told apart for good.
alter table visits add column walk_in boolean not null default false;
-- Who cancels or moves within so many hours before the visit does it late.
alter table flow_settings add column notice_hours int not null default 24 check (notice_hours between 0 and 336);
