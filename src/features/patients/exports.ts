import { sql } from 'kysely';
import type { ExportContext, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, idOf, noId } from '../../platform/db/pages.ts';
import { chartSection, chartSettingsSection } from './charts/exports.ts';
import { consentSection } from './consents/exports.ts';
import { type AlertRow, toFlag, toPatientResource, withMerges } from './exchange/fhir.ts';
import { readPeople } from './exchange/queries.ts';
import { reviewSection } from './families/exports.ts';
import { usualJson, wholeRow } from './kept/rules.ts';
import { photoSection } from './photo/exports.ts';
import { listPhotos } from './photo/queries.ts';
import { relationSection } from './relations/exports.ts';
import { tellPerson } from './telling/exports.ts';

const derived = 'made from the names and numbers for the search';

const patients: ExportSection = {
  name: 'patients',
  label: 'People, also records entered in error and those that became part of another',
  table: 'patients',
  without: {
    search_family: derived,
    search_given: derived,
    search_name: derived,
    search_digits: derived,
  },
  page: (ask) => sql<ExportedRow>`
    select array[p.patient_id::text] as key,
      to_jsonb(p) - array['search_family', 'search_given', 'search_name', 'search_digits'] as row
    from patients p where p.patient_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`p.patient_id`)}
    order by p.patient_id limit ${ask.most}`,
  unpack: wholeRow,
  resources: listResources,
};

async function listResources(db: Db, rows: readonly ExportedRow[], { practiceId }: ExportContext) {
  const ids = rows.map(idOf);
  const parts = await listParts(db, ids);
  const photos = new Map((await listPhotos(db, ids)).map((photo) => [photo.patientId, photo]));
  return (await readPeople(db, ids)).map((patient) => {
    const partIds = parts.filter((one) => one.mergedInto === patient.patientId).map((one) => one.patientId);
    const resource = withMerges(toPatientResource(patient, practiceId), patient, partIds, practiceId);
    const photo = photos.get(patient.patientId);
    return photo ? { ...resource, photo: [{ contentType: photo.mime, data: photo.data }] } : resource;
  });
}

/** Records that became part of these. */
async function listParts(db: Db, ids: readonly string[]) {
  const { rows } = await sql<{ patientId: string; mergedInto: string }>`
    select patient_id, merged_into from patients where merged_into = any (${[...ids]}::uuid[])
    order by patient_id limit 10000`.execute(db);
  return rows;
}

const alerts: ExportSection = {
  name: 'alerts',
  label: 'What everyone at the desk must see of a person',
  table: 'patient_alerts',
  page: (ask) => sql<ExportedRow>`
    select array[a.alert_id::text] as key, to_jsonb(a) as row from patient_alerts a
    where a.alert_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`a.patient_id`)}
    order by a.alert_id limit ${ask.most}`,
  resources: async (db, rows) => {
    const { rows: found } = await sql<AlertRow>`
      select alert_id, patient_id, text, created_at, entered_in_error_at, version from patient_alerts
      where alert_id = any (${rows.map(idOf)}::uuid[]) order by alert_id limit 10000`.execute(db);
    return found.map(toFlag);
  },
};

const identifiers: ExportSection = {
  name: 'patient-identifiers',
  label: 'Numbers of the people in other systems',
  table: 'patient_identifiers',
  page: (ask) => sql<ExportedRow>`
    select array[i.system, i.value] as key, to_jsonb(i) as row from patient_identifiers i
    where (i.system, i.value) > (${ask.after?.[0] ?? ''}, ${ask.after?.[1] ?? ''})
      ${andOfPeople(ask, sql`i.patient_id`)}
    order by i.system, i.value limit ${ask.most}`,
};

const phones: ExportSection = {
  name: 'phones',
  label: 'Phone numbers, each with what it may be used for',
  columns: ['patient_id', 'kind', 'number', 'note', 'preferred', 'mayText', 'mayLeaveVoicemail'],
  only: 'person',
  page: (ask) => sql<ExportedRow>`
    select array[p.patient_id::text, lpad(n::text, 4, '0')] as key,
      jsonb_build_object('patient_id', p.patient_id) || ${usualJson.phone}::jsonb || phone as row
    from patients p, jsonb_array_elements(p.phones) with ordinality as kept (phone, n)
    where (p.patient_id, lpad(n::text, 4, '0')) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? ''})
      ${andOfPeople(ask, sql`p.patient_id`)}
    order by p.patient_id, n limit ${ask.most}`,
};

const addresses: ExportSection = {
  name: 'addresses',
  label: 'Addresses',
  columns: ['patient_id', 'kind', 'line1', 'line2', 'city', 'state', 'zip', 'country'],
  only: 'person',
  page: (ask) => sql<ExportedRow>`
    select array[p.patient_id::text, lpad(n::text, 4, '0')] as key,
      jsonb_build_object('patient_id', p.patient_id) || ${usualJson.address}::jsonb || address as row
    from patients p, jsonb_array_elements(p.addresses) with ordinality as kept (address, n)
    where (p.patient_id, lpad(n::text, 4, '0')) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? ''})
      ${andOfPeople(ask, sql`p.patient_id`)}
    order by p.patient_id, n limit ${ask.most}`,
};

const relatives: ExportSection = {
  name: 'emergency-contacts',
  label: 'Whom to call for the person',
  columns: ['patient_id', 'kind', 'name', 'relationship', 'phone', 'note'],
  only: 'person',
  page: (ask) => sql<ExportedRow>`
    select array[p.patient_id::text, lpad(n::text, 4, '0')] as key,
      jsonb_build_object('patient_id', p.patient_id) || ${usualJson.contact}::jsonb || contact as row
    from patients p, jsonb_array_elements(p.contacts) with ordinality as kept (contact, n)
    where (p.patient_id, lpad(n::text, 4, '0')) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? ''})
      ${andOfPeople(ask, sql`p.patient_id`)}
    order by p.patient_id, n limit ${ask.most}`,
};

const merges: ExportSection = {
  name: 'merges',
  label: 'Records that became one, and what moved',
  table: 'patient_merges',
  page: (ask) => sql<ExportedRow>`
    select array[m.merge_id::text] as key, to_jsonb(m) as row from patient_merges m
    where m.merge_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`m.into_id`)}
    order by m.merge_id limit ${ask.most}`,
};

const distinctions: ExportSection = {
  name: 'distinctions',
  label: 'Pairs that look like one person and are two',
  table: 'patient_distinctions',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[d.one_id::text, d.other_id::text] as key, to_jsonb(d) as row from patient_distinctions d
    where (d.one_id, d.other_id) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? noId}::uuid)
    order by d.one_id, d.other_id limit ${ask.most}`,
};

const zips: ExportSection = {
  name: 'zip-codes',
  label: 'Cities of ZIP codes',
  table: 'zip_codes',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[z.zip, z.city, z.state] as key, to_jsonb(z) as row from zip_codes z
    where (z.zip, z.city, z.state)
      > (${ask.after?.[0] ?? ''}, ${ask.after?.[1] ?? ''}, ${ask.after?.[2] ?? ''})
    order by z.zip, z.city, z.state limit ${ask.most}`,
};

export const patientExporter: Exporter = {
  sections: [
    ...[patients, alerts, identifiers, phones, addresses, relatives],
    ...[relationSection, consentSection, reviewSection, chartSection, chartSettingsSection],
    ...[photoSection, merges, distinctions, zips],
  ],
  tell: tellPerson,
};
