/**
 * What in a look at a record nobody needed is worth a second look. Pure: facts in, findings out, each with its
 * evidence in sentences. No single coincidence makes a finding (docs/decisions/0034-snooping-report.md).
 */

export type Person = {
  patientId: string;
  /** folded */
  family: string;
  given: string;
  phones: readonly string[];
  /** folded line and ZIP of each address */
  addresses: readonly string[];
};

export type Colleague = {
  staffId: string;
  displayName: string;
  family: string;
  given: string;
  phone: string;
  /** Their own record here, where it is linked. */
  record: Person | null;
};

/** Someone looked at someone, and nothing before or after explains it. */
export type UnexplainedLook = {
  accountId: string;
  staffId: string;
  patient: Person;
  at: string;
  /** minutes of the day */
  minute: number;
  /** What they said when they were asked; null: they were not, or went on without. */
  said: string | null;
  /** Days of the last two weeks on which they did the same, this one included. */
  days: number;
  restricted: boolean;
};

export type LookDay = { accountId: string; onDate: string; people: number; unexplained: number };

export type Evidence = { points: number; text: string };
export type Finding = {
  accountId: string;
  staffId: string;
  patientId: string | null;
  at: string;
  points: number;
  evidence: string[];
};

/** At so many points it is a finding. */
export const findingFrom = 3;

export type Surroundings = {
  colleagues: readonly Colleague[];
  /** How many patients share a folded family name, and how many there are. */
  surnames: ReadonlyMap<string, number>;
  patients: number;
  /** When the office is usually at work, in minutes of the day; null: not known yet. */
  hours: { from: number; to: number } | null;
};

const shares = (one: readonly string[], other: readonly string[]) =>
  one.some((each) => each !== '' && other.includes(each));

/** A name that a family or two have, not a tenth of the town. */
export function isRare(count: number, patients: number): boolean {
  return count <= Math.max(3, patients / 1000);
}

function isRecordOf(patient: Person, { record, family, given, phone }: Colleague): boolean {
  if (record) return record.patientId === patient.patientId;
  // Not linked: the same first and last name, and the phone that the office has of them.
  return (
    family === patient.family && given === patient.given && phone !== '' && patient.phones.includes(phone)
  );
}

function ofColleague(look: UnexplainedLook, colleague: Colleague, around: Surroundings): Evidence[] {
  const { patient } = look;
  const isSelf = colleague.staffId === look.staffId;
  const whose = isSelf ? 'their own' : `${colleague.displayName}’s`;
  if (isRecordOf(patient, colleague))
    return [
      {
        points: 4,
        text: isSelf
          ? 'It is their own record.'
          : `It is the record of ${colleague.displayName}, who works here.`,
      },
    ];
  const found: Evidence[] = [];
  const own = colleague.record;
  if (own && shares(patient.addresses, own.addresses))
    found.push({ points: 3, text: `The address is ${whose}.` });
  const phones = [colleague.phone, ...(own?.phones ?? [])];
  if (shares(patient.phones, phones)) found.push({ points: 3, text: `A phone number is ${whose}.` });
  if (patient.family === colleague.family) {
    const rare = isRare(around.surnames.get(patient.family) ?? 1, around.patients);
    found.push({
      points: rare ? 2 : 1,
      text: `The last name is ${whose}${rare ? ', and few here have it' : ''}.`,
    });
  }
  return found;
}

/** The strongest of a kind counts: ten colleagues of one name are one coincidence. */
function strongest(all: readonly Evidence[]): Evidence[] {
  const byStart = new Map<string, Evidence>();
  for (const one of all) {
    const kind = one.text.split(' ').slice(0, 3).join(' ');
    if ((byStart.get(kind)?.points ?? 0) < one.points) byStart.set(kind, one);
  }
  return [...byStart.values()];
}

const nightMinutes = 180;
const lateMinutes = 60;

function ofHour({ minute }: UnexplainedLook, hours: Surroundings['hours']): Evidence[] {
  if (!hours) return [];
  const outside = Math.max(hours.from - minute, minute - hours.to);
  if (outside > nightMinutes) return [{ points: 3, text: 'It was hours outside the office’s usual time.' }];
  return outside > lateMinutes ? [{ points: 2, text: 'It was outside the office’s usual time.' }] : [];
}

function ofRepeats({ days }: UnexplainedLook): Evidence[] {
  if (days >= 3) return [{ points: 3, text: `It was the same record on ${days} days of two weeks.` }];
  return days === 2 ? [{ points: 1, text: 'It was the same record as on another day of two weeks.' }] : [];
}

/** What speaks for curiosity in one look; null: nothing that is worth anyone's time. */
export function judgeLook(look: UnexplainedLook, around: Surroundings): Finding | null {
  const evidence = [
    ...strongest(around.colleagues.flatMap((one) => ofColleague(look, one, around))),
    ...ofHour(look, around.hours),
    ...ofRepeats(look),
    ...(look.restricted ? [{ points: 3, text: 'The record is restricted.' }] : []),
  ];
  const against =
    evidence.length > 0 && look.said === null ? [{ points: 1, text: 'No reason was given.' }] : [];
  const all = [...evidence, ...against].sort((one, other) => other.points - one.points);
  const points = all.reduce((sum, one) => sum + one.points, 0);
  if (points < findingFrom) return null;
  const said = look.said === null ? [] : [`The reason given was: ${look.said}.`];
  const texts = [
    ...all.map((one) => one.text),
    'No visit, task or change of the record went with it.',
    ...said,
  ];
  const { accountId, staffId, patient, at } = look;
  return { accountId, staffId, patientId: patient.patientId, at, points, evidence: texts };
}

function median(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1] ?? 0, sorted[Math.floor(half)] ?? 0];
  return (low + high) / 2;
}

/** So many days are needed before something can be unusual. */
export const enoughDays = 8;

/** At the least so far apart are ordinary days: `share` of the middle, and `atLeast` people. */
type Spread = { share: number; atLeast: number };

/** Whom nothing explains: few, day after day. */
const ofUnexplained: Spread = { share: 1 / 4, atLeast: 1 };
/** Everyone: as many as the schedule has, which is another number every day. */
const ofPeople: Spread = { share: 1 / 3, atLeast: 4 };

/**
 * The most that is not unusual: the median and six times the median distance from it (scaled as a standard deviation
 * would be), which a few odd days do not move. null: too few days to say.
 */
export function usualMost(
  counts: readonly number[],
  { share, atLeast }: Spread = ofUnexplained,
): number | null {
  if (counts.length < enoughDays) return null;
  const middle = median(counts.toSorted((one, other) => one - other));
  const distances = counts.map((count) => Math.abs(count - middle)).sort((one, other) => one - other);
  return middle + 6 * 1.4826 * Math.max(median(distances), middle * share, atLeast);
}

type Counted = { today: LookDay; own: readonly LookDay[]; peers: readonly LookDay[] };

/** Unusual against the own days and against those of the same role; one of them alone is a busy week or a new job. */
function isUnusual(
  { today, own, peers }: Counted,
  of: (day: LookDay) => number,
  spread: Spread,
): number | null {
  const limits = [own, peers].flatMap((days) => usualMost(days.map(of), spread) ?? []);
  if (limits.length === 0) return null;
  return limits.every((limit) => of(today) > limit) ? Math.round(Math.max(...limits)) : null;
}

export function judgeNumbers(counted: Counted, at: string, staffId: string): Finding | null {
  const { today } = counted;
  const all = isUnusual(counted, (day) => day.people, ofPeople);
  const unexplained = isUnusual(counted, (day) => day.unexplained, ofUnexplained);
  if (all === null && unexplained === null) return null;
  const evidence = [
    ...(unexplained === null
      ? []
      : [
          `${today.unexplained} people were looked at without a visit, task or change; up to ${unexplained} would be usual.`,
        ]),
    ...(all === null ? [] : [`${today.people} people were looked at that day; up to ${all} would be usual.`]),
    'Compared with the own days and with those of the same role in two months.',
  ];
  return { accountId: today.accountId, staffId, patientId: null, at, points: findingFrom, evidence };
}

/** When the office is usually at work: the middle of first and of last looks of many days. */
export function usualHours(
  days: readonly { firstMinute: number; lastMinute: number }[],
): Surroundings['hours'] {
  if (days.length < enoughDays) return null;
  const sorted = (numbers: number[]) => numbers.sort((one, other) => one - other);
  return {
    from: median(sorted(days.map((day) => day.firstMinute))),
    to: median(sorted(days.map((day) => day.lastMinute))),
  };
}
