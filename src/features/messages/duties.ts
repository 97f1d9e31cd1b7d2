import type { Duty, DutySource } from '../../platform/contributions.ts';
import { formatNumber } from './people/rules.ts';
import * as queries from './queries.ts';
import type { Message } from './schema.ts';
import { sayWhy } from './sending/rules.ts';

const minuteMs = 60_000;
/** Someone who writes is answered within two hours; a word of danger is for now. */
const answerMs = 120 * minuteMs;
const soonMs = 60 * minuteMs;

const isIncoming = (message: Message) => message.direction === 'in';

function dueMsOf(message: Message): number {
  const atMs = Date.parse(message.at);
  return message.redFlags.length > 0 ? atMs : atMs + answerMs;
}

function severityOf(message: Message, nowMs: number): Duty['severity'] {
  if (message.redFlags.length > 0) return 'danger';
  const leftMs = dueMsOf(message) - nowMs;
  if (leftMs <= 0) return 'wrong';
  return leftMs <= soonMs || !isIncoming(message) ? 'wait' : 'calm';
}

function titleOf(message: Message): string {
  const who = message.patientName || formatNumber(message.address);
  const what = message.channel === 'text' ? 'text' : 'e-mail';
  if (!isIncoming(message)) return `The ${what} to ${who} did not arrive`;
  const said = message.body.split('\n')[0]?.slice(0, 120) ?? '';
  if (message.redFlags.length > 0) return `URGENT, ${who} wrote: ${said}`;
  return message.meaning === 'call-back'
    ? `Call ${who}: asked for a call about the visit`
    : `${who} wrote: ${said}`;
}

function dutyOf(message: Message, nowMs: number): Duty {
  const { messageId, version, patientId } = message;
  const path = `/api/messages/${messageId}`;
  const incoming = isIncoming(message);
  const detail = [
    message.redFlags.length > 0 ? `words of danger: ${message.redFlags.join(', ').replaceAll('*', '…')}` : '',
    message.why ? sayWhy(message.why) : '',
    formatNumber(message.address),
    patientId ? '' : 'nobody knows whose number this is',
  ];
  return {
    kind: incoming ? 'message.waiting' : 'message.undelivered',
    subjectId: messageId,
    dueAt: new Date(dueMsOf(message)).toISOString(),
    severity: severityOf(message, nowMs),
    title: titleOf(message),
    detail: detail.filter(Boolean).join(' · '),
    tag: message.redFlags.length > 0 ? 'urgent text' : incoming ? message.channel : 'not arrived',
    ...(patientId ? { patientId } : {}),
    action: { label: incoming ? 'Answer' : 'Look', kind: 'open', href: `/messages?message=${messageId}` },
    others: [
      {
        ...{
          label: incoming ? 'Needs no answer' : 'Seen to',
          kind: 'call',
          method: 'POST',
          path: `${path}/done`,
        },
        body: { version },
        undo: { path: `${path}/not-done`, body: { version: version + 1 } },
      },
    ],
  };
}

/** What people wrote and nobody has answered, and what did not reach them. */
export const messageDuties: readonly DutySource[] = [
  {
    kinds: ['message.waiting', 'message.undelivered'],
    permission: 'messages.see',
    ownerRole: 'secretary',
    topics: ['messages', 'patients'],
    list: async (db, { now }) => (await queries.listWaiting(db)).map((one) => dutyOf(one, now.getTime())),
    nextChangeAt: async (db, { now }) => {
      const moments = (await queries.listWaiting(db))
        .flatMap((one) => [dueMsOf(one), dueMsOf(one) - soonMs])
        .filter((ms) => ms > now.getTime());
      return moments.length > 0 ? new Date(Math.min(...moments)) : null;
    },
    countDone: (db, since) => queries.countSettled(db, since),
  },
];
