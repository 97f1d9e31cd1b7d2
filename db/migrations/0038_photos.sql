-- owner: patients
-- A small picture of a person, re-encoded and without metadata. Removed, or replaced by a newer one: the picture
-- itself goes, that there was one stays.
create table patient_photos (
  practice_id uuid not null references practices,
  photo_id uuid not null,
  patient_id uuid not null,
  mime text not null check (mime in ('image/jpeg', 'image/png', 'image/webp')),
  bytes bytea check (octet_length(bytes) <= 200000),
  width int not null,
  height int not null,
  source text not null check (source in ('camera', 'file')),
  at timestamptz not null,
  by_staff_id uuid,
  removed_at timestamptz,
  removed_by uuid,
  remove_reason text not null default '',
  primary key (practice_id, photo_id),
  foreign key (practice_id, patient_id) references patients,
  check ((bytes is null) = (removed_at is not null))
);
create unique index patient_photos_one on patient_photos (practice_id, patient_id) where removed_at is null;
create index patient_photos_patient on patient_photos (practice_id, patient_id, at);
call frontdesk.protect('patient_photos', 'select, insert, update');
