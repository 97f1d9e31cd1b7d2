-- owner: schedule
-- Week templates: hours with slot codes that several physicians, rooms or devices share, over one week or several in
-- turn. Applying one writes weekly hours, which alone say when something may be booked.
create table week_templates (
  practice_id uuid not null references practices,
  template_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  -- 2: weeks A and B in turn
  weeks int not null default 1 check (weeks between 1 and 8),
  -- [{week: 1 to weeks, weekday, siteId, startsLocal, endsLocal, slotCodeId or null}]
  rows jsonb not null default '[]',
  active boolean not null default true,
  version int not null default 1,
  primary key (practice_id, template_id)
);
create unique index week_templates_name on week_templates (practice_id, lower(name)) where active;
call frontdesk.protect('week_templates', 'select, insert, update');

create table template_applications (
  practice_id uuid not null references practices,
  application_id uuid not null,
  template_id uuid not null,
  -- of the template as it was applied
  template_version int not null,
  resource_ids uuid[] not null check (cardinality(resource_ids) > 0),
  from_date date not null,
  to_date date check (to_date >= from_date),
  -- the Monday of a week A
  week_of date not null check (extract(isodow from week_of) = 1),
  -- what it did to weekly hours: {ended: [{hoursId, effectiveTo as it was}],
  -- removed: [ids], inserted: [{hoursId, effectiveTo}]}
  changes jsonb not null,
  applied_at timestamptz not null,
  applied_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  primary key (practice_id, application_id),
  foreign key (practice_id, template_id) references week_templates
);
create index template_applications_at on template_applications (practice_id, applied_at);
call frontdesk.protect('template_applications', 'select, insert, update');

-- Booked visits that a change of hours left outside: whether one still is, is asked of the hours as they are.
create table visits_left_outside (
  practice_id uuid not null references practices,
  visit_id uuid not null,
  since timestamptz not null,
  primary key (practice_id, visit_id),
  foreign key (practice_id, visit_id) references visits
);
call frontdesk.protect('visits_left_outside', 'select, insert, update');
