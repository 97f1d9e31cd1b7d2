import type { LineChip } from '../../../features/schedule/line/rules.ts';

/** One choice in the line: Enter takes the marked one, Alt and its digit takes it at once. */
export type LineItem = {
  id: string;
  /** What stands out at the left: a time, a name. */
  lead: string;
  title: string;
  detail?: string;
  run: () => void;
};

/** What the line shows for what is typed. */
export type LineView = {
  items: readonly LineItem[];
  /** The items are those of what stands in the field now; Enter waits until they are. */
  fresh: boolean;
  /** What Enter does, for the foot. */
  does: string;
  /** Said above the items: a refusal, a question. */
  head?: string;
  /** What stands in the way, or why nothing is offered. */
  foot?: string;
  /** Chips instead of those of the words. */
  whatChip?: string;
  /** Chips instead of all of them. */
  chips?: readonly LineChip[];
};

export type LineWho = { patientId: string; name: string };

export const nothingYet: LineView = { items: [], fresh: true, does: '' };
