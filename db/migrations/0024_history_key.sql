-- owner: history
-- As 0021: the key finds a person's encounters, few enough to be put in order when they are shown.
alter table outside_encounters
  drop constraint outside_encounters_pkey, add primary key (practice_id, patient_id, encounter_id);
drop index outside_encounters_patient;
