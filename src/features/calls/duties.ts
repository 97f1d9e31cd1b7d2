import { timeLabel } from '../../platform/calendar/zones.ts';
import type { Duty, DutyContext, DutySource } from '../../platform/contributions.ts';
import { formatNumber } from './callers/rules.ts';
import * as queries from './queries.ts';
import { kindWords, stepWords } from './rules.ts';
import type { Call, StepKind } from './schema.ts';

const soonMs = 30 * 60_000;

function severityOf(call: Call, promisedMs: number, nowMs: number): Duty['severity'] {
  if (call.urgent) return 'danger';
  if (promisedMs <= nowMs) return 'wrong';
  return promisedMs - nowMs <= soonMs ? 'wait' : 'calm';
}

function whoOf(call: Call): string {
  return call.callerName || formatNumber(call.callbackPhone) || kindWords[call.callerKind];
}

function detailOf(call: Call, timeZone: string): string {
  const whose = call.ownerName || (call.ownerRole ? `any ${call.ownerRole}` : 'anyone');
  const isOther = call.patientName !== '' && call.patientName !== call.callerName;
  const tried = stepWords[call.lastTried as StepKind];
  return [
    formatNumber(call.callbackPhone),
    isOther ? `about ${call.patientName}` : '',
    call.bestTime ? `best time ${call.bestTime}` : '',
    `for ${whose}`,
    `taken ${call.takenByName ? `by ${call.takenByName}, ` : ''}${timeLabel(Date.parse(call.at), timeZone)}`,
    tried ? `last: ${tried}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function dutyOf(call: Call & { promisedAt: string }, { now, practiceTimeZone }: DutyContext): Duty {
  const path = `/api/calls/${call.callId}`;
  const { version } = call;
  const write = (label: string, to: string, body: object = {}) =>
    ({ label, kind: 'call', method: 'POST', path: `${path}/${to}`, body: { version, ...body } }) as const;
  return {
    kind: 'call',
    subjectId: call.callId,
    dueAt: call.promisedAt,
    severity: severityOf(call, Date.parse(call.promisedAt), now.getTime()),
    title: `${call.urgent ? 'URGENT, call' : 'Call'} ${whoOf(call)}: ${call.text.split('\n')[0]?.slice(0, 160)}`,
    detail: detailOf(call, practiceTimeZone),
    tag: call.urgent ? 'urgent call' : 'call',
    ...(call.patientId ? { patientId: call.patientId } : {}),
    ...(call.ownerStaffId ? { ownerStaffId: call.ownerStaffId } : {}),
    ...(call.ownerRole ? { ownerRole: call.ownerRole } : {}),
    action: {
      ...write('Done', 'done'),
      undo: { path: `${path}/not-done`, body: { version: version + 1 } },
    },
    others: [
      { label: 'Read the message', kind: 'open', href: `/calls?call=${call.callId}` },
      write('No answer', 'tries', { kind: 'no-answer' }),
      { ...write('Entered in error', 'entered-in-error'), reasonLabel: 'Why is this call wrong?' },
    ],
  };
}

/** What was promised on the phone, by its time. */
export const callDuties: readonly DutySource[] = [
  {
    kinds: ['call'],
    permission: 'calls.see',
    topics: ['calls', 'patients', 'practice'],
    list: async (db, context) => {
      const calls = await queries.listOpenCalls(db);
      return calls.flatMap((call) =>
        call.promisedAt ? [dutyOf({ ...call, promisedAt: call.promisedAt }, context)] : [],
      );
    },
    nextChangeAt: async (db, { now }) => {
      const late = await queries.nextPromise(db, now);
      const soon = await queries.nextPromise(db, new Date(now.getTime() + soonMs));
      const moments = [late?.getTime(), soon && soon.getTime() - soonMs].filter(
        (ms) => typeof ms === 'number',
      );
      return moments.length > 0 ? new Date(Math.min(...moments)) : null;
    },
    countDone: (db, since) => queries.countCallsDone(db, since),
  },
];
