import { type RawBuilder, sql } from 'kysely';
import type { ExportAsk, ExportedRow } from '../contributions.ts';

/** Before every id: where the first page of a table begins. */
export const noId = '00000000-0000-0000-0000-000000000000';

/** `and <column> is of these people`; nothing for everyone, so that each of both is planned for itself. */
export function andOfPeople({ patientIds }: ExportAsk, column: RawBuilder<unknown>) {
  return patientIds ? sql`and ${column} = any (${[...patientIds]}::uuid[])` : sql``;
}

/** The first part of a row's key: its id, in most tables. */
export const idOf = ({ key }: ExportedRow): string => key[0] ?? '';
