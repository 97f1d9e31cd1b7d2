import { type Cells, cellFaults, type Headed, plainCell } from '../rules.ts';
import type { ImportKind, ImportOptions, Problem } from '../schema.ts';

/** What a step of an import works with. */
export type ImportWork = {
  importId: string;
  kind: ImportKind;
  /** only say what would become of the lines */
  dry: boolean;
  options: ImportOptions;
  today: string;
  headed: Headed;
};

export type ReadLine = { line: number; original: string; cells: Cells };

/** What became of a line. */
export type Judged = {
  line: number;
  original: string;
  outcome: 'made' | 'same' | 'alike' | 'fault';
  recordKey?: string | null;
  personKey?: string | null;
  /** a second number by which it is the same: the NPI of a contact */
  otherKey?: string | null;
  recordId?: string | null;
  onDate?: string | null;
  booking?: unknown;
  problems?: Problem[];
};

type Plan = { headings: readonly string[]; columns: readonly string[] };

/** Which heading a field stands under; the field itself where none does. */
export function headedBy({ headings, columns }: Plan): Headed {
  return (field) => headings[columns.indexOf(field)] || field;
}

/** The record's cells by field, or why it cannot be read as a line of this table. */
export function cellsOf(cells: readonly string[] | null, plan: Plan): Cells | Problem[] {
  if (cells === null)
    return [{ column: '', what: 'has a quotation mark that is not closed or stands in the wrong place' }];
  const width = plan.headings.length;
  const beyond = cells.slice(width).some((cell) => cell.trim() !== '');
  if (cells.length < width || beyond) {
    return [{ column: '', what: `has ${cells.length} columns where the first line has ${width}` }];
  }
  const read: Cells = {};
  for (const [index, field] of plan.columns.entries()) {
    if (field !== '') read[field] = plainCell((cells[index] ?? '').trim());
  }
  const faults = cellFaults(read, headedBy(plan));
  return faults.length > 0 ? faults : read;
}
