-- owner: patients
-- People by what programs search for (FHIR R4, Patient), in the order that they ask for and from where the last
-- page ended. Only the conditions in use are in the statement, so that it is planned for them. Runs as the owner,
-- as find_patients does and for the same reason. Words and names are folded; a number is whole, and a phone's.
drop function frontdesk.list_people_by(uuid[], text, text, text[], date, date, text, text, jsonb, timestamptz,
  timestamptz, int, int);

-- One piece of a condition for each key of `asked` that is there.
create function frontdesk.people_asked(asked jsonb, mine uuid) returns text
language plpgsql immutable set search_path = public, pg_temp as $$
declare
  found text := format('p.practice_id = %L and p.entered_in_error_at is null', mine);
  word text;
begin
  if asked ? 'ids' then
    found := found || format(' and p.patient_id = any (%L::uuid[])',
      array(select jsonb_array_elements_text(asked -> 'ids')));
  end if;
  for word in select jsonb_array_elements_text(coalesce(asked -> 'words', '[]')) loop
    found := found || format(' and p.search_name like %L', '% ' || word || '%');
  end loop;
  for word in select jsonb_array_elements_text(coalesce(asked -> 'parts', '[]')) loop
    found := found || format(' and p.search_name like %L', '%' || word || '%');
  end loop;
  if asked ? 'family' then
    found := found || format(' and p.search_family like %L', (asked ->> 'family') || '%');
  end if;
  if asked ? 'given' then
    found := found || format(' and p.search_given like %L', (asked ->> 'given') || '%');
  end if;
  if asked ? 'familyPart' then
    found := found || format(' and p.search_family like %L', '%' || (asked ->> 'familyPart') || '%');
  end if;
  if asked ? 'givenPart' then
    found := found || format(' and p.search_given like %L', '%' || (asked ->> 'givenPart') || '%');
  end if;
  if asked ? 'familyIs' then
    found := found || format(' and p.family_name = %L', asked ->> 'familyIs');
  end if;
  if asked ? 'givenIs' then
    found := found || format(' and %L in (p.given_name, p.middle_name, p.preferred_name)', asked ->> 'givenIs');
  end if;
  if asked ? 'nameIs' then
    found := found || format(' and %1$L = any (array[p.family_name, p.given_name, p.middle_name, p.suffix,
      p.preferred_name] || p.former_names)', asked ->> 'nameIs');
  end if;
  if asked ? 'givenMissing' then
    found := found || format(' and (p.given_name = %1$L and p.middle_name = %1$L and p.preferred_name = %1$L) = %2$L',
      '', asked ->> 'givenMissing');
  end if;
  if asked ? 'bornFrom' then found := found || format(' and p.born_on >= %L', asked ->> 'bornFrom'); end if;
  if asked ? 'bornTo' then found := found || format(' and p.born_on <= %L', asked ->> 'bornTo'); end if;
  if asked ? 'phone' then
    found := found || format(' and p.search_digits like %L and p.phones @> %L', '% ' || (asked ->> 'digits') || ' %',
      jsonb_build_array(jsonb_build_object('number', asked ->> 'phone')));
  end if;
  if asked ? 'mail' then
    found := found || format(' and p.email <> %L and lower(p.email) = %L', '', asked ->> 'mail');
  end if;
  if asked ? 'changedFrom' then
    found := found || format(' and p.updated_at >= %L', asked ->> 'changedFrom');
  end if;
  if asked ? 'changedTo' then found := found || format(' and p.updated_at < %L', asked ->> 'changedTo'); end if;
  -- A token without a value is all of a system; our own numbers are of the practice's system.
  if asked ? 'known' then
    found := found || format(' and p.patient_id in (
      select i.patient_id from jsonb_to_recordset(%1$L) k (system text, value text)
      join patient_identifiers i on i.practice_id = %2$L and i.value = k.value
        and (k.system is null or i.system = k.system)
      union all
      select i.patient_id from jsonb_to_recordset(%1$L) k (system text, value text)
      join patient_identifiers i on i.practice_id = %2$L and i.system = k.system where k.value = %3$L
      union all
      select q.patient_id from jsonb_to_recordset(%1$L) k (system text, value text)
      join patients q on q.practice_id = %2$L and q.mrn = k.value
        and (k.system is null or k.system = %4$L))', asked -> 'known', mine, '', 'urn:uuid:' || mine);
  end if;
  return found;
end $$;
revoke all on function frontdesk.people_asked(jsonb, uuid) from public;

-- `sorts`: family, given, birthdate, updated or id, with a minus for the other way round; id comes last.
-- `after`: the keys of the last one shown. `counted`: one more row at the end, which has the total alone.
create function frontdesk.search_people(
  asked jsonb, sorts text[], after text[], most int, skip int, counted boolean)
returns table (patient_id uuid, keys text[], total int)
language plpgsql stable security definer rows 50 set search_path = public, pg_temp as $$
declare
  met text := frontdesk.people_asked(asked, frontdesk.practice());
  past text := 'false';
  sort text; term text; way text; terms text[] := '{}'; ways text[] := '{}';
begin
  foreach sort in array sorts loop
    way := case when sort like '-%' then 'desc' else 'asc' end;
    term := case ltrim(sort, '-')
      when 'family' then 'p.search_family' when 'given' then 'p.search_given' when 'updated' then 'p.updated_at'
      when 'id' then 'p.patient_id'
      -- who has no birth date comes last either way
      when 'birthdate' then format('coalesce(p.born_on, %L::date)',
        case way when 'asc' then 'infinity' else '-infinity' end) end;
    if term is null then raise 'no such sort: %', sort; end if;
    terms := terms || term; ways := ways || way;
  end loop;
  if after is not null and not ('desc' = any (ways)) then
    -- a row of keys is a range of an index
    past := format('(%s) > (%s)', array_to_string(terms, ', '),
      (select string_agg(quote_literal(one), ', ' order by nr) from unnest(after) with ordinality k (one, nr)));
  elsif after is not null then
    for i in reverse cardinality(terms) .. 1 loop
      past := format('(%1$s %2$s %3$L or (%1$s = %3$L and %4$s))', terms[i],
        case ways[i] when 'asc' then '>' else '<' end, after[i], past);
    end loop;
  end if;
  if most > 0 then
    return query execute format('select p.patient_id, array[%s], null::int from patients p where %s%s
      order by %s limit %s offset %s',
      (select string_agg(one || '::text collate "C"', ', ' order by nr) from unnest(terms) with ordinality k (one, nr)),
      met, case when after is null then '' else ' and ' || past end,
      (select string_agg(one || ' ' || w, ', ' order by nr) from unnest(terms, ways) with ordinality k (one, w, nr)),
      most, skip);
  end if;
  if counted then
    return query execute format('select null::uuid, null::text[], count(*)::int from patients p where %s', met);
  end if;
end $$;
revoke all on function frontdesk.search_people(jsonb, text[], text[], int, int, boolean) from public;
grant execute on function frontdesk.search_people(jsonb, text[], text[], int, int, boolean) to frontdesk_app;
