-- owner: follow-ups
-- Rules that call people back after completed visits: so long after a visit of these types, to a visit of that one.
create table recall_rules (
  practice_id uuid not null references practices,
  recall_rule_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  after_type_ids uuid[] not null check (cardinality(after_type_ids) between 1 and 50),
  visit_type_id uuid not null,
  -- after the visit: months, then days
  months int not null default 0 check (months between 0 and 120),
  days int not null default 0 check (days between 0 and 730),
  -- with whom the visit was; else anyone
  same_physician boolean not null default true,
  least_age int check (least_age between 0 and 130),
  most_age int check (most_age between 0 and 130),
  -- nobody is called for a day behind it
  until_on date,
  active boolean not null default true,
  version int not null default 1,
  primary key (practice_id, recall_rule_id),
  foreign key (practice_id, visit_type_id) references visit_types,
  check (months + days > 0)
);
call frontdesk.protect('recall_rules', 'select, insert, update');

-- A recall is a follow-up: made once of a rule, a person and the visit that it counts from.
alter table follow_ups add column recall_rule_id uuid, add column base_visit_id uuid,
  add foreign key (practice_id, recall_rule_id) references recall_rules,
  add foreign key (practice_id, base_visit_id) references visits,
  add check ((origin = 'rule') = (recall_rule_id is not null)),
  add check ((recall_rule_id is null) = (base_visit_id is null));
create unique index follow_ups_recall on follow_ups (practice_id, recall_rule_id, base_visit_id)
  where recall_rule_id is not null;
create index follow_ups_of_rule on follow_ups (practice_id, recall_rule_id, target_on) where recall_rule_id is not null;
