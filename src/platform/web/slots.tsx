import { createContext, type ReactNode, useContext } from 'react';

/** A day as the schedule shows it: its visits that take place. */
export type ShownDay = {
  date: string;
  siteId: string | undefined;
  visits: readonly { visitId: string; patientId: string; physicianId: string }[];
};

/** A visit that is checked out: what comes next is asked. */
export type LeavingVisit = {
  visitId: string;
  patientId: string;
  /** As the schedule names them. */
  patient: string;
  visitTypeId: string;
  physicianId: string;
};

/** For whom and what someone is put on the waitlist, as far as the place tells that asks. */
export type Waits = {
  patientId?: string | undefined;
  name?: string | undefined;
  visitTypeId?: string | undefined;
  /** The later visit that would be moved forward. */
  visitId?: string | undefined;
  physicianIds?: readonly string[] | undefined;
  siteIds?: readonly string[] | undefined;
  weekdays?: readonly number[] | undefined;
  times?: readonly { from: string; to: string }[] | undefined;
  earliestOn?: string | undefined;
  latestOn?: string | undefined;
};

/** A message begun elsewhere. */
export type StartedMessage = { patientId: string; channel: 'text' | 'email'; body: string };

/**
 * What the shell lends to pages: the line for their headers, ways to open the line and the help, and what other
 * features have to say of a person.
 */
export type Slots = {
  line: ReactNode;
  /** Links to the pages that share the place of this one in the rail. */
  besides?: ReactNode;
  /** Open the line, with words already in it. */
  openLine(words?: string): void;
  openHelp(): void;
  /** Log a call, over whatever page it is; left out where the roles do not let one. */
  takeCall?: (() => void) | undefined;
  /** Put someone on the waitlist, over whatever page it is; left out where the roles do not let one. */
  putOnWaitlist?: ((who: Waits) => void) | undefined;
  /** Write to someone, over whatever page it is; left out where the roles do not let one. */
  writeTo?: ((message: StartedMessage) => void) | undefined;
  /** Sections of a person's page that come from features which the patients feature does not know. */
  personParts(patientId: string): ReactNode;
  /** What other features have to say of one thing (a visit, a task): notes of colleagues. */
  about?(kind: string, id: string): ReactNode;
  /** What else can be done with a person's whole record, at the foot of their page. */
  recordActions?(patientId: string): ReactNode;
  /** What else can be done with a whole day of the schedule, beside its date. */
  dayActions?(day: ShownDay): ReactNode;
  /** What else can be done with one visit, in its panel. */
  visitActions?(visit: ShownDay['visits'][number]): ReactNode;
  /** Asked at check-out: when they shall come again; left out where the roles do not let one order that. */
  followUp?: ((visit: LeavingVisit, onClose: () => void) => ReactNode) | undefined;
  /** Words for what other features audit as a change of a person's record, by action. */
  changeWords?: Readonly<Record<string, string>>;
};

const SlotsContext = createContext<Slots>({
  line: null,
  openLine: () => undefined,
  openHelp: () => undefined,
  personParts: () => null,
});

export const SlotsProvider = SlotsContext.Provider;

export function useSlots(): Slots {
  return useContext(SlotsContext);
}
