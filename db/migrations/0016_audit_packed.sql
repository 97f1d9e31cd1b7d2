-- owner: platform
-- What a record was before and became, packed where it is long: a registration says nearly a kilobyte, and its
-- words are always the same (docs/decisions/0023-audit-images-are-packed.md). Then `before` and `after` are empty.
alter table audit_records add column packed bytea;
