/**
 * What a feature may offer to the pages and machines that span features. A feature exports values of these
 * shapes; src/app lists them. Types only, so that both sides may import it.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { RawBuilder } from 'kysely';
import type { Db } from './db/database.ts';
import type { Tx } from './db/transaction.ts';

/** A thing that may be done, and by which roles unless the manager changed it (permissions.ts). */
export type Permission = {
  /** e.g. `visits.book` */
  key: string;
  /** e.g. `Book visits` */
  label: string;
  roles: readonly RoleKey[];
};

export const roleKeys = ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'] as const;
export type RoleKey = (typeof roleKeys)[number];

/** An event for features to the right: versioned, written in the writer's transaction (events.ts). */
export type OutboxEvent = { kind: string; subjectId: string; payload: Record<string, unknown> };

/** A reaction to an event, or work of its own (jobs.ts). Runs in one transaction; may run again after a fault. */
export type JobHandler = {
  kind: string;
  /** The event kinds that it reacts to; none for scheduled work. */
  on?: readonly string[];
  /** Scheduled work: due again this many minutes after it ended. */
  everyMinutes?: number;
  /** What the manager reads when it keeps failing. */
  label: string;
  run(tx: Tx, payload: Record<string, unknown>): Promise<void>;
  /**
   * What it has to ask of the outside world, before its transaction: no desk waits for that. What it answers is added
   * to the payload. `look` reads in a transaction of its own; `write` writes in one that is over when it answers, for
   * what must be on record before the outside world hears of it.
   */
  ask?(
    look: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
    now: Date,
    write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
    payload: Record<string, unknown>,
  ): Promise<Record<string, unknown>>;
};

/** `danger`: someone may be in danger; it stands above all that is owed. */
export type DutySeverity = 'danger' | 'wrong' | 'wait' | 'calm';

/** Something the office owes by a time, derived from facts. Its key is kind + subject + due time. */
export type Duty = {
  kind: string;
  subjectId: string;
  /** ISO instant */
  dueAt: string;
  severity: DutySeverity;
  /** What and who, e.g. "Confirm tomorrow's visit: Jo Smith" */
  title: string;
  /** Why now, one line. */
  detail: string;
  patientId?: string;
  /** The staff member whose it is by the facts (a task's owner); else anyone with the source's permission. */
  ownerStaffId?: string;
  ownerRole?: string;
  /** Other duties that this one settles: who sees it is not shown those. */
  instead?: readonly Pick<Duty, 'kind' | 'subjectId'>[];
  /** A word or two beside it: "waiting", "promise". Left out: a word for the severity. */
  tag?: string;
  /** The one button that settles it. */
  action: DutyAction;
  /** Other ways to settle it, behind the button. */
  others?: readonly DutyAction[];
};

/** `open` goes to a page; `call` sends a write to an endpoint path with a body. */
export type DutyAction = { label: string; kind: 'open'; href: string } | DutyCall;

export type DutyCall = {
  label: string;
  kind: 'call';
  method: 'POST';
  path: string;
  body: Record<string, unknown>;
  /** Asks for a reason first, under this label; sent as `reason` of the body. */
  reasonLabel?: string;
  /** The write that takes it back, while nobody changed the record since. */
  undo?: { path: string; body: Record<string, unknown> };
};

export type DutySource = {
  /** The kinds of duty that it lists. */
  kinds: readonly string[];
  /** Who sees them. */
  permission: string;
  /** Whose they are unless the duty names someone; left out: everyone's who sees them. */
  ownerRole?: RoleKey;
  /** Facts that can change the list: the topics that commands `touch`. */
  topics: readonly string[];
  /** The duties owed as of `now`, most pressing first, at most 500. */
  list(db: Db, context: DutyContext): Promise<Duty[]>;
  /** The next moment at which time alone changes the list; null when nothing does. */
  nextChangeAt(db: Db, context: DutyContext): Promise<Date | null>;
  /** How many of these were settled since a moment, and by whom; where that is known. */
  countDone?(db: Db, since: Date): Promise<{ staffId: string | null; count: number }[]>;
};

export type DutyContext = { now: Date; practiceTimeZone: string };

/** What a note may be about (subjects.ts), and what a desk may say that it has open. */
export type Subject = {
  /** e.g. `visit` */
  kind: string;
  /** Who may see it. */
  permission: string;
  /** Whom it is about; undefined where there is no such thing. */
  find(db: Db, id: string): Promise<{ patientId: string | null } | undefined>;
};

/** A verb of the line: what may follow a person's name (verbs.ts, pure). */
export type Verb = {
  key: string;
  words: readonly string[];
  label: string;
  hint: string;
  permission: string;
  needsPatient: boolean;
};

/** `{ one: 'visit', many: 'visits' }` */
export type CountedWords = { one: string; many: string };

/**
 * What a feature holds of a person: it goes along when two records become one, and back when they are taken
 * apart, in the transaction of the merge.
 */
export type PersonHolder = {
  /** Under this name what moved is remembered, e.g. `visits`. */
  name: string;
  /** What people call it: one, and many. */
  words: CountedWords;
  /** Lock the rows that others lock before the person's. */
  hold?(tx: Tx, patientIds: readonly string[]): Promise<void>;
  /** Everything of one now belongs to the other. @returns the ids of what moved */
  move(tx: Tx, fromId: string, toId: string): Promise<string[]>;
  /** Of these, what still belongs to `fromId` goes back to `toId`. @returns the ids of what went back */
  moveBack(tx: Tx, ids: readonly string[], fromId: string, toId: string): Promise<string[]>;
  /** How many would move, and what to look at first, a sentence each. */
  preview(db: Db, fromId: string, toId: string): Promise<{ count: number; remarks: string[] }>;
};

/**
 * A reason to open someone's record that the facts give by themselves: a visit near today, an open task, a call, a
 * balance. All sources are asked in one statement, for one person or for many at their own moments; so what a
 * source names is a column or a parameter, and each of its tables is met by an index on the person.
 */
export type PresentReason = {
  /** e.g. `visit`; unlike all others */
  name: string;
  /** What the office reads: `a visit near that day` */
  label: string;
  /** A boolean SQL expression, false rather than null. */
  holds(ask: PresentAsk): RawBuilder<boolean>;
};
/** `from` and `to`: around `now`, as far as the practice calls it near today. */
export type PresentAsk = Readonly<
  Record<'patientId' | 'accountId' | 'now' | 'from' | 'to', RawBuilder<unknown>>
>;

/** Whose record is behind an id that is no person's: the visit of `/api/visits/:id`. */
export type PersonPath = {
  /** It and everything below it, e.g. `/api/visits/:id`. */
  path: string;
  /** What bodies and queries call such ids, one or many, e.g. `visitId` and `visitIds`. */
  carriedAs?: readonly string[];
  /** A statement over an array of ids that answers `asked` and `patient_id`; no row where there is nobody. */
  people(ids: RawBuilder<unknown>): RawBuilder<unknown>;
};

/** One import that a feature takes from FHIR R4 resources (fhir.ts). */
export type FhirImporter = {
  resourceTypes: readonly string[];
  /**
   * It follows references. Its resources are taken in a second reading of the folder, when what they refer to
   * (people, practitioners, organizations) is in, wherever in the files it stands.
   */
  refers?: boolean;
  /** @returns whether it was made, changed or left as it was */
  take(
    tx: Tx,
    resource: Record<string, unknown>,
    source: FhirSource,
  ): Promise<'made' | 'changed' | 'same' | 'skipped'>;
};
/** Where a resource stands, for messages: file name and FHIR path, e.g. `Bundle.entry[3].resource`. */
export type FhirSource = {
  file: string;
  path: string;
  /** Say what was read otherwise than it stands, e.g. `telecom[0] is no phone number and stands in the note`. */
  remark(what: string): void;
  /**
   * What a reference of this resource (`urn:uuid:…`, `Patient/7`, an absolute address) leads to, of what was taken
   * from these files; null where it leads nowhere, or to two. An identifier is asked for as
   * `Patient?identifier=system|value`.
   */
  find(reference: string): Promise<FhirRecord | null>;
  /** Tell what was taken (made, changed or known already), so that references to this resource find it. */
  isRecord(record: FhirRecord): void;
};
/** A record here that a resource was taken as: `name` for what shows it, e.g. an organization's. */
export type FhirRecord = { resourceType: string; recordId: string; name: string };

/**
 * What a feature gives when a record, or the whole practice, is exported (exports.ts). Every table with a practice
 * stands in a section or in the list of what is left out (features/exports/rules.ts): a test compares them with the
 * database. A new feature writes one file `exports.ts` with a value of this shape and adds it to src/app/lists.ts.
 */
export type Exporter = {
  /** In this order they stand in the export; a section's rows may name those of an earlier one. */
  sections: readonly ExportSection[];
  /** What it holds of one person, as that person reads it (record.txt). */
  tell?(db: Db, about: ExportAbout): Promise<ReadablePart[]>;
};

/** One table of an export: a CSV file, and FHIR resources beside it where the standard has them. */
export type ExportSection = {
  /** The file's name without its ending, e.g. `visits`; unlike all others. */
  name: string;
  /** What it holds, for the manifest: `Visits, also cancelled ones`. */
  label: string;
  /**
   * The table of the database whose rows are all here: all its columns are the file's, also those that a later
   * migration adds. Left out where the rows are derived (phones, out of the people's).
   */
  table?: string;
  /** Columns of the rows that the table does not have; of a derived section all of them. */
  columns?: readonly string[];
  /** Columns of the table that do not leave, each with the reason. */
  without?: Readonly<Record<string, string>>;
  /** Only in the export of one person, or only in that of the practice; left out: in both. */
  only?: 'person' | 'practice';
  /** `ndjson`: a JSON object a line, for what must come back to the letter. Left out: `csv`. */
  format?: 'csv' | 'ndjson';
  /**
   * The statement of a page: at most `most` rows after `after`, in the order of their keys. Fewer than `most`: there
   * are no more.
   */
  page(ask: ExportAsk): RawBuilder<ExportedRow>;
  /** What the statement cannot say of a row (unpacking); left out: the row leaves as it is. */
  unpack?(row: ExportedRow['row']): ExportedRow['row'];
  /** The FHIR R4 resources of these rows, told by the writers of the feature's exchange/fhir.ts. */
  resources?(db: Db, rows: readonly ExportedRow[], about: ExportContext): Promise<Resource[]>;
};

export type ExportedRow = {
  /** The table's key without the practice, as texts: where the next page goes on. */
  key: string[];
  /** By the names of the columns: `to_jsonb(t)` of the row. */
  row: Record<string, unknown>;
};

export type ExportAsk = {
  /** The key of the last row of the page before; null at the start. */
  after: readonly string[] | null;
  most: number;
  /** One person: their record and those that became part of it. null: everyone. */
  patientIds: readonly string[] | null;
};

export type ExportContext = { practiceId: string; now: Date; timeZone: string };
export type ExportAbout = ExportContext & { patientId: string; patientIds: readonly string[] };

/** A part of the record for human eyes: facts, a table, or both; empty ones are left out. */
export type ReadablePart = {
  title: string;
  facts?: readonly (readonly [label: string, text: string])[];
  table?: { headings: readonly string[]; rows: readonly (readonly string[])[] };
};
