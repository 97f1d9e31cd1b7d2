-- owner: contacts
-- As 0021: the key finds a person's links too.
alter table patient_contacts drop constraint patient_contacts_pkey, add primary key (practice_id, patient_id, link_id);
drop index patient_contacts_patient;
