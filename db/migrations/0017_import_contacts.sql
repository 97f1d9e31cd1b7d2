-- owner: imports
-- Tables of referring doctors come in as tables of people do.
alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check check (kind in ('patients', 'visits', 'contacts'));
-- a second number by which a record is the same: the NPI of a contact
alter table import_rows add column other_key text;
create index import_rows_other_key on import_rows (practice_id, import_id, other_key) where other_key is not null;

-- As take_back_patients (0009_imports.sql), for contacts; the later lines first, since a doctor may name an
-- organization of an earlier one.
create function frontdesk.take_back_contacts(wanted uuid, most int)
returns table (contact uuid, gone boolean) language plpgsql volatile security definer
set search_path = public, pg_temp as $$
declare mine uuid := frontdesk.practice(); one record;
begin
  for one in select r.line, r.record_id, r.record_key, i.options ->> 'source' as source, c.version
    from import_rows r join imports i using (practice_id, import_id)
    join contacts c on c.practice_id = r.practice_id and c.contact_id = r.record_id
    where r.practice_id = mine and r.import_id = wanted and i.state = 'undoing' and i.kind = 'contacts'
      and r.outcome = 'made' order by r.line desc limit most for update of c
  loop
    contact := one.record_id; gone := false;
    begin
      if one.version = 1 then
        delete from contact_identifiers where practice_id = mine and contact_id = one.record_id
          and system = 'urn:frontdesk:source:' || one.source and value = one.record_key;
        delete from contacts c where c.practice_id = mine and c.contact_id = one.record_id and c.version = 1
          and c.entered_in_error_at is null and c.created_at = c.updated_at;
        gone := found;
      end if;
    exception when foreign_key_violation then gone := false;
    end;
    if gone then
      delete from import_rows r where r.practice_id = mine and r.import_id = wanted and r.line = one.line;
    else
      update import_rows r set outcome = 'kept' where r.practice_id = mine and r.import_id = wanted and r.line = one.line;
    end if;
    return next;
  end loop;
end $$;

revoke all on function frontdesk.take_back_contacts(uuid, int) from public;
grant execute on function frontdesk.take_back_contacts(uuid, int) to frontdesk_app;
