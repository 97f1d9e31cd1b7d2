import { weekFaults } from '../../setup/rules.ts';
import type { TemplateRow } from '../schema.ts';

/** What is wrong with a template, by the index of the row. Rows of different weeks never meet. */
export function templateFaults({
  weeks,
  rows,
}: {
  weeks: number;
  rows: readonly TemplateRow[];
}): Record<number, string> {
  const faults: Record<number, string> = {};
  for (let week = 1; week <= weeks; week++) {
    const own = rows.flatMap((row, index) => (row.week === week ? [{ row, index }] : []));
    for (const [at, text] of Object.entries(weekFaults(own.map(({ row }) => row)))) {
      const index = own[Number(at)]?.index;
      if (index !== undefined) faults[index] = text;
    }
  }
  rows.forEach((row, index) => {
    if (row.week > weeks) faults[index] = `The template has ${weeks === 1 ? 'one week' : `${weeks} weeks`}.`;
  });
  return faults;
}
