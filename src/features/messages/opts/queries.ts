import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { MessageChannel } from '../schema.ts';
import type { Opt } from '../sending/rules.ts';

export type KeptOpt = Opt & {
  optId: string;
  channel: MessageChannel;
  address: string;
  how: 'word' | 'carrier' | 'desk' | 'wrong-number';
  messageId: string | null;
  at: string;
  byName: string;
};

/** What a number or an address said of itself, the latest first. */
export async function listOpts(db: Db, channel: MessageChannel, address: string): Promise<KeptOpt[]> {
  const { rows } = await sql<KeptOpt>`
    select o.opt_id, o.channel, o.address, o.purpose, o.state, o.how, o.message_id, o.at,
      coalesce(s.display_name, '') as by_name
    from message_opts o left join staff s on s.practice_id = o.practice_id and s.staff_id = o.by_staff_id
    where o.channel = ${channel} and o.address = ${address} order by o.at desc, o.opt_id desc limit 200`.execute(
    db,
  );
  return rows;
}
