-- owner: platform
-- Records about one person or visit are found by index. A list names everyone it showed, twenty ids or six hundred:
-- as index entries those cost more than the list itself, so lists are searched one by one when someone asks
-- (docs/decisions/0019-what-a-request-costs.md).
drop index audit_records_subjects;
create index audit_records_subjects on audit_records using gin (subject_ids) with (fastupdate = off)
  where cardinality(subject_ids) <= 8;
create index audit_records_lists on audit_records (practice_id, seq) where cardinality(subject_ids) > 8;

-- Numbers of the newest records that name a subject, alone or in lists too. As the owner, since @> is not leakproof; the practice is
-- filtered here (docs/decisions/0003-row-level-security.md).
create function frontdesk.audit_about(subject uuid, older_than bigint, most int, in_lists boolean) returns setof bigint
language sql stable security definer rows 50 set search_path = public, pg_temp as $$
  select seq from (
    (select r.seq from audit_records r
      where r.practice_id = frontdesk.practice() and cardinality(r.subject_ids) <= 8
        and r.subject_ids @> array[subject] and r.seq < older_than
      order by r.seq desc limit most)
    union all
    (select r.seq from audit_records r
      where r.practice_id = frontdesk.practice() and in_lists and cardinality(r.subject_ids) > 8
        and r.subject_ids @> array[subject] and r.seq < older_than
      order by r.seq desc limit most)) found
  order by seq desc limit most
$$;
revoke all on function frontdesk.audit_about(uuid, bigint, int, boolean) from public;
grant execute on function frontdesk.audit_about(uuid, bigint, int, boolean) to frontdesk_app;
