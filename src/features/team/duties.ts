import { dateLabel } from '../../platform/calendar/dates.ts';
import { dayBounds, localDate, timeLabel } from '../../platform/calendar/zones.ts';
import type { Duty, DutyContext, DutySource } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import * as queries from './queries.ts';
import { absenceWords, dutiesWords } from './rules.ts';
import type { Absence } from './schema.ts';

const dayMs = 86_400_000;
/** An absence further ahead is no duty yet. */
const daysAhead = 14;

const ms = (instant: string) => Date.parse(instant);

/** "Mon Mar 9 to Fri Mar 13"; "Mon Mar 9, 2:00 pm to 4:00 pm" */
export function whenWords(
  { startsAt, endsAt }: Pick<Absence, 'startsAt' | 'endsAt'>,
  timeZone: string,
): string {
  const [from, to] = [localDate(ms(startsAt), timeZone), localDate(ms(endsAt) - 1, timeZone)];
  const label = (date: string) => dateLabel(date, Number(date.slice(0, 4)));
  if (from !== to) return `${label(from)} to ${label(to)}`;
  const { startMs, endMs } = dayBounds(from, timeZone);
  if (ms(startsAt) <= startMs && ms(endsAt) >= endMs) return label(from);
  return `${label(from)}, ${timeLabel(ms(startsAt), timeZone)} to ${timeLabel(ms(endsAt), timeZone)}`;
}

async function listComing(db: Db, { now }: DutyContext): Promise<Absence[]> {
  return queries.listAbsences(db, now, new Date(now.getTime() + daysAhead * dayMs));
}

async function nextChange(db: Db, { now, practiceTimeZone }: DutyContext): Promise<Date> {
  const midnight = dayBounds(localDate(now.getTime(), practiceTimeZone), practiceTimeZone).endMs;
  const turn = (await queries.nextTurn(db, now))?.getTime() ?? midnight;
  return new Date(Math.min(midnight, turn));
}

/** The nearer its beginning, the more it presses. */
const severityOf = (startsAt: string, now: Date): Duty['severity'] =>
  ms(startsAt) - now.getTime() <= dayMs
    ? 'wrong'
    : ms(startsAt) - now.getTime() <= 3 * dayMs
      ? 'wait'
      : 'calm';

/** Someone was asked to cover and has not answered. */
const asked: DutySource = {
  kinds: ['cover.asked'],
  permission: 'team.away',
  topics: ['team', 'practice'],
  list: async (db, context) =>
    (await listComing(db, context)).flatMap((absence) =>
      absence.covers
        .filter((cover) => cover.state === 'asked')
        .map((cover) => {
          const path = `/api/team/covers/${cover.coverId}/answer`;
          const answer = (label: string, accept: boolean) => ({
            label,
            kind: 'call' as const,
            method: 'POST' as const,
            path,
            body: { version: cover.version, accept },
            undo: { path, body: { version: cover.version + 1, accept: null } },
          });
          return {
            kind: 'cover.asked',
            subjectId: cover.coverId,
            dueAt: absence.startsAt,
            severity: severityOf(absence.startsAt, context.now),
            title: `Cover for ${absence.staffName}?`,
            detail: `away ${whenWords(absence, context.practiceTimeZone)} · ${dutiesWords(cover.duties)}`,
            tag: 'cover',
            ownerStaffId: cover.staffId,
            action: answer('I will', true),
            others: [answer('I cannot', false)],
          };
        }),
    ),
  nextChangeAt: nextChange,
};

/** Someone who owns duties is or will be away, and nobody has said yes to cover everything. */
const uncovered: DutySource = {
  kinds: ['absence.uncovered'],
  permission: 'team.manage',
  topics: ['team', 'practice'],
  list: async (db, context) => {
    const open = (await listComing(db, context)).filter(
      (absence) => !absence.covers.some((cover) => cover.state === 'accepted' && cover.duties === ''),
    );
    const loads = await queries.listLoads(
      db,
      open.map((absence) => absence.staffId),
    );
    return open.flatMap((absence) => {
      const load = loads.find((one) => one.staffId === absence.staffId);
      if (!load || (!load.signsIn && load.owns === 0)) return [];
      const waiting = absence.covers.find((cover) => cover.state === 'asked');
      const said = absence.covers.find((cover) => cover.state === 'declined');
      return [
        {
          kind: 'absence.uncovered',
          subjectId: absence.absenceId,
          dueAt: absence.startsAt,
          severity: severityOf(absence.startsAt, context.now),
          title: `Find who covers for ${absence.staffName}`,
          detail: [
            `${absenceWords[absence.kind]} ${whenWords(absence, context.practiceTimeZone)}`,
            load.owns > 0 ? `${load.owns} open tasks are theirs` : '',
            waiting
              ? `${waiting.staffName} has not answered`
              : said
                ? `${said.staffName} cannot`
                : 'nobody is asked',
          ]
            .filter(Boolean)
            .join(' · '),
          tag: 'no cover',
          ownerRole: 'manager',
          action: { label: 'Choose', kind: 'open' as const, href: `/team?absence=${absence.absenceId}` },
        },
      ];
    });
  },
  nextChangeAt: nextChange,
};

/** A physician is or will be away and has booked visits: each is to be moved or told. */
const visits: DutySource = {
  kinds: ['absence.visits'],
  // Who may rescue a day: the button leads there (docs/decisions/0044-a-day-is-rescued-in-one-step.md)
  permission: 'rescue.run',
  topics: ['team', 'visits', 'setup', 'practice'],
  list: async (db, context) => {
    const until = new Date(context.now.getTime() + daysAhead * dayMs);
    const counts = await queries.countBooked(db, context.now, until);
    const absences = counts.length > 0 ? await listComing(db, context) : [];
    return absences.flatMap((absence) => {
      const booked = counts.find((one) => one.absenceId === absence.absenceId);
      if (!booked) return [];
      const date = localDate(ms(booked.firstAt), context.practiceTimeZone);
      const duty: Duty = {
        kind: 'absence.visits',
        subjectId: absence.absenceId,
        dueAt: new Date(booked.firstAt).toISOString(),
        severity: severityOf(booked.firstAt, context.now),
        title: `${absence.staffName} is away: ${booked.count === 1 ? '1 booked visit' : `${booked.count} booked visits`}`,
        detail: `${whenWords(absence, context.practiceTimeZone)} · move each to another time, or to a colleague`,
        tag: 'away',
        ownerRole: 'secretary',
        action: { label: 'Rescue', kind: 'open', href: `/rescue?absence=${absence.absenceId}` },
        others: [{ label: 'Open the day', kind: 'open', href: `/schedule?date=${date}` }],
      };
      return [duty];
    });
  },
  nextChangeAt: nextChange,
};

export const teamDuties: readonly DutySource[] = [asked, uncovered, visits];
