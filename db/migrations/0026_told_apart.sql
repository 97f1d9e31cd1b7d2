-- owner: patients
-- "Not the same person" can be taken back: the pair is listed again, and who said so and when stays.
alter table patient_distinctions add column undone_at timestamptz, add column undone_by uuid;
grant update on patient_distinctions to frontdesk_app;
