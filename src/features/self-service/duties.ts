import { dateLabel } from '../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../platform/calendar/zones.ts';
import type { Duty, DutySource } from '../../platform/contributions.ts';
import { formatNumber } from '../calls/callers/rules.ts';
import { countSeen, listOwedActs, listShutLinks, type OwedAct, type ShutLink } from './owed/queries.ts';
import { type KeptRequest, listOwedRequests } from './requests/queries.ts';
import { whyWords } from './requests/rules.ts';

const minuteMs = 60_000;
/** Someone who asks for a time hears within an hour; what was written is read within four. */
const owedMinutes = { request: 60, act: 240, urgent: 0 } as const;

const when = (at: string, timeZone: string) =>
  `${dateLabel(localDate(Date.parse(at), timeZone))}, ${timeLabel(Date.parse(at), timeZone)}`;
const dueAt = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * minuteMs).toISOString();

function severity(urgent: boolean, due: string, now: Date): Duty['severity'] {
  if (urgent) return 'danger';
  return Date.parse(due) <= now.getTime() ? 'wrong' : 'wait';
}

function requestDuty(request: KeptRequest, now: Date): Duty {
  const { requestId, urgent, why, text } = request;
  const due = dueAt(request.askedAt, urgent ? owedMinutes.urgent : owedMinutes.request);
  return {
    kind: 'online.request',
    subjectId: requestId,
    ...(request.patientId ? { patientId: request.patientId } : {}),
    dueAt: due,
    severity: severity(urgent, due, now),
    title: `${urgent ? 'URGENT, asks' : 'Asks'} online for ${request.visitTypeName}: ${request.givenName} ${request.familyName}`,
    detail: [
      formatNumber(request.phone),
      `${when(request.startsAt, request.timeZone)} with ${request.physicianName}${request.isHeld ? ', held' : ''}`,
      why ? whyWords[why] : '',
      text,
    ]
      .filter(Boolean)
      .join(' · '),
    tag: urgent ? 'urgent' : 'online',
    action: { label: 'Look at it', kind: 'open', href: `/online?request=${requestId}` },
  };
}

const actTitles: Record<OwedAct['act'], string> = {
  'cancelled-late': 'Cancelled late, by link',
  'moved-late': 'Moved late, by link',
  wrote: 'Wrote with a cancellation, by link',
};

function actDuty(act: OwedAct, now: Date): Duty {
  const due = dueAt(act.at, act.urgent ? owedMinutes.urgent : owedMinutes.act);
  return {
    kind: 'online.act',
    subjectId: act.actId,
    patientId: act.patientId,
    dueAt: due,
    severity: severity(act.urgent, due, now),
    title: `${act.urgent ? 'URGENT: ' : ''}${actTitles[act.act]}: ${act.patientName}`,
    detail: [
      `${act.visitTypeName} ${when(act.startsAt, act.timeZone)} with ${act.physicianName}`,
      act.text && `“${act.text}”`,
    ]
      .filter(Boolean)
      .join(' · '),
    tag: act.urgent ? 'urgent' : 'by link',
    action: {
      label: 'Seen',
      kind: 'call',
      method: 'POST',
      path: `/api/online/acts/${act.actId}/seen`,
      body: {},
    },
    others: [{ label: 'Open the person', kind: 'open', href: `/patients/${act.patientId}` }],
  };
}

function shutDuty(link: ShutLink, now: Date): Duty {
  const due = dueAt(link.closedAt, owedMinutes.act);
  return {
    kind: 'online.link-shut',
    subjectId: link.linkId,
    patientId: link.patientId,
    dueAt: due,
    severity: severity(false, due, now),
    title: `Link shut after wrong birth dates: ${link.patientName}`,
    detail: 'Call them: it was them, and needs a new link, or someone else tried it',
    tag: 'by link',
    action: {
      label: 'Seen',
      kind: 'call',
      method: 'POST',
      path: `/api/online/links/${link.linkId}/seen`,
      body: {},
    },
    others: [{ label: 'Open the person', kind: 'open', href: `/patients/${link.patientId}` }],
  };
}

/** What patients did or asked by themselves, where a human has to look. */
export const selfServiceDuties: readonly DutySource[] = [
  {
    kinds: ['online.request', 'online.act', 'online.link-shut'],
    permission: 'online.keep',
    ownerRole: 'secretary',
    topics: ['online', 'patients', 'visits', 'practice'],
    list: async (db, { now }) => [
      ...(await listOwedRequests(db)).map((one) => requestDuty(one, now)),
      ...(await listOwedActs(db)).map((one) => actDuty(one, now)),
      ...(await listShutLinks(db, now)).map((one) => shutDuty(one, now)),
    ],
    // Severity changes when the time is up.
    nextChangeAt: async (db, { now }) => {
      const requests = await listOwedRequests(db);
      const acts = await listOwedActs(db);
      const moments = [
        ...requests.map((one) => Date.parse(one.askedAt) + owedMinutes.request * minuteMs),
        ...acts.map((one) => Date.parse(one.at) + owedMinutes.act * minuteMs),
      ].filter((ms) => ms > now.getTime());
      return moments.length > 0 ? new Date(Math.min(...moments)) : null;
    },
    countDone: countSeen,
  },
];
