-- owner: coverage
-- The key finds a person's coverages too; the index beside it goes.
alter table coverages drop constraint coverages_pkey, add primary key (practice_id, patient_id, coverage_id);
drop index coverages_patient;
