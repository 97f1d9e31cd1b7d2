-- owner: schedule
-- The notice that the office wants for visits of this type; null: as for every visit (flow_settings).
alter table visit_types add column notice_hours int check (notice_hours between 0 and 336);
