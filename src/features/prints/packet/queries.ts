import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { PacketSettings } from './schema.ts';

export type KeptPacket = Omit<PacketSettings, 'hasPassword'> & {
  passwordSealed: Buffer | null;
  triedAt: string | null;
  fault: string;
  writtenAt: string | null;
  writtenFor: string | null;
};

const untouched: KeptPacket = {
  enabled: true,
  atLocal: '18:00',
  openDays: 1,
  keep: 7,
  folder: '',
  version: 1,
  passwordSealed: null,
  triedAt: null,
  fault: '',
  writtenAt: null,
  writtenFor: null,
};

export async function readPacketSettings(db: Db, lock = false): Promise<KeptPacket> {
  const { rows } = await sql<KeptPacket>`
    select enabled, at_local, open_days, keep, folder, password_sealed, version, tried_at, fault, written_at,
      written_for
    from packet_settings ${lock ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? untouched;
}
