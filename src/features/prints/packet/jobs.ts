import type { JobHandler } from '../../../platform/contributions.ts';
import { type PacketPlace, writePacketWhenDue } from './commands.ts';

/** What the manager reads when it keeps failing. */
export const packetJob = { kind: 'prints.packet', label: 'Write the nightly downtime packet' } as const;

/** Looks often, so that a packet that failed is tried again, and one that was missed while off is made up for. */
export const packetJobs = (place: PacketPlace): readonly JobHandler[] => [
  {
    ...packetJob,
    everyMinutes: 10,
    run: (tx) => writePacketWhenDue(tx, place),
  },
];
