import { call } from '../../../platform/web/call.ts';
import { printCards, printDaySheets, printLabels, printSlips } from '../api.ts';
import type { Printed } from '../schema.ts';

/** What stands before someone who wants to print: a day, a visit, or a person. */
export type PrintTarget = {
  /** Set: day sheets are offered. */
  date?: string;
  siteId?: string | undefined;
  visits: readonly { visitId: string; patientId: string; physicianId: string }[];
  patientIds: readonly string[];
};

export const printKinds = ['day-sheets', 'slips', 'cards', 'address', 'chart'] as const;
export type PrintKind = (typeof printKinds)[number];

export const permissionOf: Record<PrintKind, string> = {
  'day-sheets': 'prints.day-sheets',
  slips: 'prints.slips',
  cards: 'prints.cards',
  address: 'prints.labels',
  chart: 'prints.labels',
};

export type PrintChoice = { kind: PrintKind; physicianIds: string[]; start: number; copies: number };

/** At most so many of each at once (schema.ts). */
const most = { visits: 60, labels: 300 };

/** Which kinds there is something for. */
export function kindsFor(target: PrintTarget): PrintKind[] {
  return printKinds.filter((kind) => {
    if (kind === 'day-sheets') return target.date !== undefined;
    if (kind === 'slips' || kind === 'cards') return target.visits.length > 0;
    return target.patientIds.length > 0;
  });
}

/** Those of the target that are with one of these physicians; none chosen: all. */
function chosen(target: PrintTarget, physicianIds: readonly string[]) {
  const visits =
    physicianIds.length === 0
      ? target.visits
      : target.visits.filter((one) => physicianIds.includes(one.physicianId));
  const patientIds =
    physicianIds.length === 0 || target.visits.length === 0
      ? target.patientIds
      : visits.map((one) => one.patientId);
  return { visitIds: visits.map((one) => one.visitId), patientIds: [...new Set(patientIds)] };
}

/** How many of a kind would be printed, and why that cannot be. */
export function countOf(
  target: PrintTarget,
  { kind, physicianIds }: Pick<PrintChoice, 'kind' | 'physicianIds'>,
) {
  const { visitIds, patientIds } = chosen(target, physicianIds);
  const isByVisit = kind === 'slips' || kind === 'cards';
  const count = isByVisit ? visitIds.length : patientIds.length;
  if (kind === 'day-sheets') return { count: 1, fault: undefined };
  if (count === 0) return { count, fault: 'None of these physicians has a visit on this day.' };
  const limit = isByVisit ? most.visits : most.labels;
  return { count, fault: count > limit ? `At most ${limit} at once: choose physicians.` : undefined };
}

/** Ask the office for it. */
export function askPrint(target: PrintTarget, choice: PrintChoice): Promise<Printed> {
  const { kind, physicianIds, start, copies } = choice;
  const { visitIds, patientIds } = chosen(target, physicianIds);
  switch (kind) {
    case 'day-sheets':
      return call(printDaySheets, { body: { date: target.date ?? '', physicianIds, siteId: target.siteId } });
    case 'slips':
      return call(printSlips, { body: { visitIds } });
    case 'cards':
      return call(printCards, { body: { visitIds, start } });
    case 'address':
    case 'chart':
      return call(printLabels, { body: { kind, patientIds, copies, start } });
  }
}
