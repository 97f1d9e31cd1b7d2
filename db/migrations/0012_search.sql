-- owner: patients
-- Search by scraps in a few index look-ups, with plans that are made once: every condition is one that an index
-- answers whatever was typed (ranges of bytes, lexemes), so nothing is planned anew for each letter.

-- What a person is found by, from the start of each: the words of the names as they are, and the digits of MRN and
-- phones backwards after an r, for "ends in 0123".
create function frontdesk.patient_lexemes(search_name text, search_digits text) returns tsvector
language sql immutable strict parallel safe as $$
  select array_to_tsvector(array_remove(string_to_array(
    search_name || regexp_replace(reverse(search_digits), ' (?=\d)', ' r', 'g'), ' '), ''))
$$;
create index patients_lexemes on patients
  using gin (frontdesk.patient_lexemes(search_name, search_digits)) with (fastupdate = off);
-- The first phone, with and without its area code: what is typed from its start meets many until it meets one.
create index patients_phone on patients (practice_id, (split_part(search_digits, ' ', 3)) collate "C");
create index patients_local_phone on patients
  (practice_id, (substr(split_part(search_digits, ' ', 3), 4)) collate "C");

-- Quoted, and met by whatever begins with it.
create function frontdesk.begins(word text) returns text language sql immutable strict parallel safe as
$$ select '''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':*' $$;

drop function frontdesk.find_patients(text[], date, date, text[], int);

-- People whose names hold every word, born in the range, with every run of digits; likeliest sorts first, until
-- there are `most` of them. Words are folded and match the start of a name's word; where few are met, those of
-- three letters and more match inside it too. A row may come twice.
-- It runs as the owner and filters the practice itself: row-level security would keep these operators off their
-- indexes, since they are not leakproof (docs/decisions/0003-row-level-security.md).
create function frontdesk.find_patients(
  words text[], born_from date, born_to date, digits text[], most int)
returns setof patients language plpgsql stable security definer rows 20
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  mine uuid := frontdesk.practice();
  few constant int := 5;
  prefix text := words[1];
  past text := words[1] || chr(1114111);
  named text := (select string_agg(frontdesk.begins(one), ' & ') from unnest(words) one);
  -- anywhere in a name's word, or at its start where that would be everywhere
  n1 text := '%' || case when length(words[1]) > 2 then '' else ' ' end || words[1] || '%';
  n2 text := '%' || case when length(words[2]) > 2 then '' else ' ' end || words[2] || '%';
  n3 text := '%' || case when length(words[3]) > 2 then '' else ' ' end || words[3] || '%';
  n4 text := '%' || case when length(words[4]) > 2 then '' else ' ' end || words[4] || '%';
  d1 text := '%' || case when length(digits[1]) < 3 then ' ' || digits[1] || ' ' else digits[1] end || '%';
  d2 text := '%' || case when length(digits[2]) < 3 then ' ' || digits[2] || ' ' else digits[2] end || '%';
  number text := digits[1];
  past_number text := digits[1] || ':';
  met int := 0; got int;
begin
  if number is not null and named is not null then
    return query select p.* from patients p
      where p.practice_id = mine and p.entered_in_error_at is null
        and frontdesk.patient_lexemes(p.search_name, p.search_digits) @@ named::tsquery
        and p.search_digits like d1 and (d2 is null or p.search_digits like d2)
        and (born_from is null or p.born_on between born_from and born_to)
      limit 2 * most;
    return;
  end if;
  if number is not null then
    return query select p.* from patients p
      where p.practice_id = mine and p.mrn >= number and p.mrn < past_number and p.entered_in_error_at is null
        and (length(number) > 2 or p.mrn = number) and (d2 is null or p.search_digits like d2)
        and (born_from is null or p.born_on between born_from and born_to)
      order by p.mrn limit case when d2 is null and born_from is null then most / 4 + 1 else most end;
    get diagnostics met = row_count;
    if length(number) < 3 then return; end if;
    return query select p.* from patients p
      where p.practice_id = mine and p.entered_in_error_at is null
        and frontdesk.patient_lexemes(p.search_name, p.search_digits)
          @@ (frontdesk.begins('r' || reverse(number)))::tsquery
        and (d2 is null or p.search_digits like d2)
        and (born_from is null or p.born_on between born_from and born_to)
      limit most;
    get diagnostics got = row_count; met := met + got;
    if d2 is null and born_from is null and met < most then
      return query select p.* from patients p
        where p.practice_id = mine and p.entered_in_error_at is null
          and split_part(p.search_digits, ' ', 3) collate "C" >= number
          and split_part(p.search_digits, ' ', 3) collate "C" < past_number
        order by split_part(p.search_digits, ' ', 3) collate "C" limit most;
      get diagnostics got = row_count; met := met + got;
    end if;
    if d2 is null and born_from is null and met < most then
      return query select p.* from patients p
        where p.practice_id = mine and p.entered_in_error_at is null
          and substr(split_part(p.search_digits, ' ', 3), 4) collate "C" >= number
          and substr(split_part(p.search_digits, ' ', 3), 4) collate "C" < past_number
        order by substr(split_part(p.search_digits, ' ', 3), 4) collate "C" limit most;
      get diagnostics got = row_count; met := met + got;
    end if;
    if met >= few then return; end if;
    return query select p.* from patients p
      where p.practice_id = mine and p.entered_in_error_at is null
        and p.search_digits like d1 and (d2 is null or p.search_digits like d2)
        and (born_from is null or p.born_on between born_from and born_to)
      limit most;
    return;
  end if;
  if prefix is null then
    return query select p.* from patients p
      where p.practice_id = mine and p.entered_in_error_at is null and p.born_on between born_from and born_to
      order by p.born_on limit most;
    return;
  end if;
  if born_from is null and words[2] is null then
    return query select p.* from patients p
      where p.practice_id = mine and p.search_family = prefix and p.entered_in_error_at is null
      order by p.search_given limit most;
    get diagnostics met = row_count;
    return query select p.* from patients p
      where p.practice_id = mine and p.search_given = prefix and p.entered_in_error_at is null
      order by p.search_family limit most;
    get diagnostics got = row_count; met := met + got;
    if met >= most then return; end if;
    return query select p.* from patients p
      where p.practice_id = mine and p.search_family > prefix and p.search_family < past
        and p.entered_in_error_at is null
      order by p.search_family, p.search_given limit most;
    get diagnostics got = row_count; met := met + got;
    if met >= most then return; end if;
    return query select p.* from patients p
      where p.practice_id = mine and p.search_given > prefix and p.search_given < past
        and p.entered_in_error_at is null
      order by p.search_given, p.search_family limit most;
    get diagnostics got = row_count; met := met + got;
    if met >= most then return; end if;
  end if;
  -- several words; middle, preferred and former names; second words of a family name
  return query select found.* from (
      select p.* from patients p
      where p.practice_id = mine and p.entered_in_error_at is null
        and frontdesk.patient_lexemes(p.search_name, p.search_digits) @@ named::tsquery
        and (born_from is null or p.born_on between born_from and born_to)
      limit 400) found
    order by found.search_family, found.search_given limit most;
  get diagnostics got = row_count; met := met + got;
  if met >= few or greatest(length(words[1]), length(words[2]), length(words[3]),
    length(words[4])) < 3 then return; end if;
  return query select p.* from patients p
    where p.practice_id = mine and p.entered_in_error_at is null
      and (born_from is null or p.born_on between born_from and born_to)
      and p.search_name like n1 and (n2 is null or p.search_name like n2)
      and (n3 is null or p.search_name like n3) and (n4 is null or p.search_name like n4)
    limit most;
end $$;

-- People who may be the one described: born the same day, the same phone, e-mail, or the same names in either order.
create or replace function frontdesk.like_patients(
  family text, given text, born date, wanted_phones text[], mail text, most int)
returns setof uuid language plpgsql stable security definer rows 40
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare mine uuid := frontdesk.practice();
begin
  return query
    (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.born_on = born limit 4 * most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and frontdesk.patient_lexemes(p.search_name, p.search_digits)
         @@ ('r' || reverse(wanted_phones[1]))::tsquery limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and frontdesk.patient_lexemes(p.search_name, p.search_digits)
         @@ ('r' || reverse(wanted_phones[2]))::tsquery limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.email <> '' and lower(p.email) = mail limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.search_family = family and p.search_given = given limit most)
    union (select p.patient_id from patients p where p.practice_id = mine and p.entered_in_error_at is null
       and p.search_family = given and p.search_given = family limit most);
end $$;

-- Words of this practice's names that are a slip away from the given one; where there are none, those alike.
create or replace function frontdesk.similar_name_words(wanted text, wanted_cuts text[], most int)
returns table (word text, one_slip boolean, alike real) language plpgsql volatile security definer rows 10
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare mine uuid := frontdesk.practice();
begin
  return query
    select w.word, true, word_similarity(wanted, w.word)
    from patient_words w
    where w.practice_id = mine and w.word <> wanted and w.cuts && wanted_cuts
    order by 3 desc, 1 limit most;
  if found then return; end if;
  perform set_config('pg_trgm.word_similarity_threshold', '0.45', true);
  return query
    select w.word, false, word_similarity(wanted, w.word)
    from patient_words w
    where w.practice_id = mine and w.word <> wanted and wanted <% w.word
    order by 3 desc, 1 limit most;
end $$;

revoke all on function frontdesk.find_patients(text[], date, date, text[], int) from public;
grant execute on function frontdesk.find_patients(text[], date, date, text[], int) to frontdesk_app;
