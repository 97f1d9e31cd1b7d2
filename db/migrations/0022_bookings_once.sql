-- owner: schedule
-- That a visit was booked, when and by whom stands in the visit; its steps begin with what was done after that. The
-- first step of a history is told from there (visits/queries.ts), so it is written once and cannot disagree.
delete from visit_steps where step = 'booked' and step_no = 1 and before is null;
