import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { formatNumber } from '../people/rules.ts';
import { usualRules } from './rules.ts';
import type { EmailProvider, SendingRules, TextProvider } from './schema.ts';

export type KeptSettings = {
  rules: SendingRules;
  email: EmailProvider | null;
  emailSealed: Buffer | null;
  texts: TextProvider | null;
  textSealed: Buffer | null;
  hook: string | null;
  version: number;
};

export async function readKept(db: Db): Promise<KeptSettings> {
  const { rows } = await sql<KeptSettings>`
    select rules, email, email_sealed, texts, text_sealed, hook, version from message_settings limit 1`.execute(
    db,
  );
  const kept = rows[0];
  if (kept) return { ...kept, rules: { ...usualRules, ...kept.rules } };
  return {
    ...{ rules: usualRules, email: null, emailSealed: null, texts: null, textSealed: null },
    ...{ hook: null, version: 0 },
  };
}

/** How the practice sends, without anything secret. */
export type Sending = {
  rules: SendingRules;
  isDemo: boolean;
  practiceName: string;
  phone: string;
  timeZone: string;
  has: (channel: 'text' | 'email') => boolean;
};

export async function readSending(db: Db): Promise<Sending> {
  const { rows } = await sql<{ name: string; phone: string; timeZone: string; kind: string }>`
    select name, phone, time_zone, kind from practices`.execute(db);
  const practice = rows[0] ?? { name: '', phone: '', timeZone: 'UTC', kind: 'real' };
  const { rules, email, texts } = await readKept(db);
  const isDemo = practice.kind === 'demo';
  return {
    ...{ rules, isDemo, timeZone: practice.timeZone },
    practiceName: rules.practiceName || practice.name,
    phone: formatNumber(rules.phone || practice.phone),
    has: (channel) => isDemo || (channel === 'text' ? texts !== null : email !== null),
  };
}
