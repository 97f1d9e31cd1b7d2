import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { ExportAbout, Exporter, ExportSection, ReadablePart } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import { practitionersOf } from '../../practice/exports.ts';
import { toRoomLocation } from '../../schedule/exchange/fhir.ts';
import { listResources } from '../../schedule/setup/queries.ts';
import type { ExportedFile } from '../api.ts';
import { listColumns, readPages, sectionsFor } from '../queries.ts';
import { csvLine, recordText, referencesOf } from '../rules.ts';

type Exporters = readonly Exporter[];
export type WholeRecord = { files: ExportedFile[]; rows: number };

/** Everything of one person as files: for other programs, for a spreadsheet, and to read. */
export async function collectRecord(db: Db, exporters: Exporters, about: ExportAbout): Promise<WholeRecord> {
  const tables: ExportedFile[] = [];
  const resources: Resource[] = [];
  let rows = 0;
  for (const section of sectionsFor(exporters, 'person')) {
    const read = await readSection(db, section, about);
    tables.push({ name: `${section.name}.csv`, mediaType: 'text/csv', text: read.csv });
    resources.push(...read.resources);
    rows += read.rows;
  }
  resources.push(...(await listReferred(db, resources)));
  // Relative references resolve against a fullUrl of this form (hl7.org/fhir/R4/bundle.html#references).
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: about.now.toISOString(),
    entry: resources.map((resource) => ({
      fullUrl: `http://${about.practiceId}.frontdesk.invalid/fhir/R4/${resource.resourceType}/${resource.id}`,
      resource,
    })),
  };
  const bundleText = `${JSON.stringify(bundle, null, 2)}\n`;
  const text = recordText(headingOf(about), await tellAll(db, exporters, about));
  const files = [
    { name: 'record.txt', mediaType: 'text/plain', text },
    { name: 'record.fhir.json', mediaType: 'application/fhir+json', text: bundleText },
    ...tables,
  ];
  return { files, rows };
}

async function readSection(db: Db, section: ExportSection, about: ExportAbout) {
  const columns = await listColumns(db, section);
  const lines = [csvLine(columns)];
  const resources: Resource[] = [];
  for await (const page of readPages(db, section, about.patientIds)) {
    lines.push(...page.map(({ row }) => csvLine(columns.map((column) => row[column]))));
    resources.push(...((await section.resources?.(db, page, about)) ?? []));
  }
  return { csv: lines.join(''), rows: lines.length - 1, resources };
}

/** Whom and what the record names and does not hold: its physicians, and the rooms of its visits. */
async function listReferred(db: Db, resources: readonly Resource[]): Promise<Resource[]> {
  const held = new Set(resources.map((one) => `${one.resourceType}/${one.id}`));
  const missing = [...referencesOf(resources)].filter((one) => !held.has(one));
  const idsOf = (type: string) =>
    new Set(missing.flatMap((one) => (one.startsWith(`${type}/`) ? [one.slice(type.length + 1)] : [])));
  const [practitioners, rooms] = [idsOf('Practitioner'), idsOf('Location')];
  return [
    ...(await practitionersOf(db, practitioners)),
    ...(await listResources(db)).filter((one) => rooms.has(one.resourceId)).map(toRoomLocation),
  ];
}

async function tellAll(db: Db, exporters: Exporters, about: ExportAbout): Promise<ReadablePart[]> {
  const parts: ReadablePart[] = [];
  for (const one of exporters) parts.push(...((await one.tell?.(db, about)) ?? []));
  return parts;
}

const headingOf = ({ now }: ExportAbout) => [
  'RECORD OF ONE PERSON',
  `As it stood on ${now.toISOString()} (UTC).`,
  'Beside this file: record.fhir.json for other programs, tables for a spreadsheet, and looked-at.csv, which says',
  'who looked at this record, changed it or handed it out. In the tables, an apostrophe at the start of a cell',
  'only keeps a spreadsheet from running it.',
];
