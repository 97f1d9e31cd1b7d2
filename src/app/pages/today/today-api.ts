import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';

const CallAction = z.object({
  label: z.string(),
  kind: z.literal('call'),
  method: z.literal('POST'),
  path: z.string(),
  body: z.record(z.string(), z.unknown()),
  reasonLabel: z.string().optional(),
  undo: z.object({ path: z.string(), body: z.record(z.string(), z.unknown()) }).optional(),
});
const OpenAction = z.object({ label: z.string(), kind: z.literal('open'), href: z.string() });
export const TodayAction = z.discriminatedUnion('kind', [OpenAction, CallAction]);
export type TodayAction = z.infer<typeof TodayAction>;

export const todaySections = ['now', 'before-noon', 'today', 'tomorrow', 'later'] as const;
export type TodaySection = (typeof todaySections)[number];

export const TodayDuty = z.object({
  /** kind, subject and due time */
  key: z.string(),
  kind: z.string(),
  subjectId: z.string(),
  dueAt: z.string(),
  severity: z.enum(['danger', 'wrong', 'wait', 'calm']),
  title: z.string(),
  detail: z.string(),
  tag: z.string(),
  patientId: Id.nullable(),
  ownerStaffId: Id.nullable(),
  ownerName: z.string(),
  ownerRole: z.string().nullable(),
  givenToStaffId: Id.nullable().describe('to whom it was given; the owner where they are away is another'),
  why: z.string().describe('why it is whose it is, where that is not plain'),
  mine: z.boolean(),
  section: z.enum(todaySections),
  action: TodayAction,
  others: z.array(TodayAction),
  /** Sent back with a snooze or an assignment; 0: nobody said anything about it yet. */
  markVersion: z.number(),
  snoozedUntil: z.string().nullable(),
  snoozeReason: z.string(),
});
export type TodayDuty = z.infer<typeof TodayDuty>;

/** Whose list: mine, what any of my role may do, what I cover for others, everyone's. */
export const whos = ['mine', 'role', 'covered', 'everyone'] as const;
export type Who = (typeof whos)[number];

/** Every topic that can change what is owed; a test holds it to the sources' own. */
export const todayTopics = [
  'glass',
  'snoops',
  'tasks',
  'calls',
  'follow-ups',
  'waitlist',
  'charts',
  'duty-marks',
  'visits',
  'patients',
  'practice',
  'team',
  'handoffs',
  'notes',
  'setup',
  'jobs',
  'backups',
  'packets',
  'calendars',
  'series',
  'rescues',
  'visit-risk',
  'online',
  'messages',
] as const satisfies readonly string[];

/** What a page shows before someone asks for more, and the most that it shows. */
export const shownDuties = 100;
export const mostDuties = 2000;

export const readToday = endpoint({
  method: 'GET',
  path: '/api/today',
  summary: 'What the office owes, by when, most pressing first; as far as your roles reach',
  query: z.object({
    who: z.enum(whos).default('mine'),
    most: z.coerce.number().int().min(1).max(mostDuties).default(shownDuties),
  }),
  answer: z.object({
    now: z.string().describe("the office's clock"),
    duties: z.array(TodayDuty).describe('at most as many as asked for; `counts` has them all'),
    more: z.number().describe('how many stand behind them'),
    snoozed: z.array(TodayDuty).describe('out of sight until later, the first to wake first'),
    counts: z.object({
      mine: z.number().describe('owed until tonight, snoozed ones left out'),
      role: z.number(),
      covered: z.number(),
      everyone: z.number(),
      doneMine: z.number().describe('since midnight'),
      doneEveryone: z.number(),
    }),
    askAgainAt: z
      .string()
      .nullable()
      .describe(
        'when time alone changes the list, or when a fresher one may be had; null: on the next touch',
      ),
  }),
});
export type Today = z.infer<typeof readToday.answer>;
