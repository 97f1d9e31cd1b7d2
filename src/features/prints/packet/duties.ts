import type { DutySource } from '../../../platform/contributions.ts';
import { readPacketSettings } from './queries.ts';

/** A packet that could not be written is the manager's, at once: without it a dark office knows nothing. */
export const packetDuties: readonly DutySource[] = [
  {
    kinds: ['packet.failed'],
    permission: 'office.upkeep',
    topics: ['packets'],
    nextChangeAt: async () => null,
    list: async (db, { now }) => {
      const { enabled, fault, triedAt } = await readPacketSettings(db);
      if (!enabled || fault === '') return [];
      return [
        {
          kind: 'packet.failed',
          subjectId: 'downtime-packet',
          dueAt: triedAt ?? now.toISOString(),
          severity: 'wrong',
          title: `Tonight’s downtime packet could not be written: ${fault}`,
          detail:
            'Without it nobody knows tomorrow’s schedule while the office is down. It is tried again every ten minutes.',
          tag: 'downtime',
          action: {
            label: 'Write it now',
            kind: 'call',
            method: 'POST',
            path: '/api/packets/write',
            body: {},
          },
          others: [{ label: 'Where it is written', kind: 'open', href: '/settings/downtime' }],
        },
      ];
    },
  },
];
