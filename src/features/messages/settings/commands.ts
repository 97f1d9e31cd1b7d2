import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { smtpSender } from '../../../platform/outside/mail/smtp.ts';
import { checked, demoSender, type Sender } from '../../../platform/outside/message.ts';
import { textSender } from '../../../platform/outside/text/twilio.ts';
import { Refusal, stale } from '../../../platform/refusal.ts';
import { openSecret, sealSecret } from '../../../platform/session/factors/secrets.ts';
import { findPractice } from '../../practice/queries.ts';
import { type KeptSettings, readKept } from './queries.ts';
import { hookPath } from './rules.ts';
import type { MessageSettings, SettingsChange } from './schema.ts';

/** What the machine knows that settings do not: the office's key, and where it is reached from outside. */
export type MessagePlace = {
  key: Buffer;
  /** e.g. https://visits.example.com; null: nobody outside can reach it */
  publicUrl: string | null;
  allowInner: boolean;
  /** Certificates beside the usual ones, for an office's own authority. */
  ca?: string;
};

const ownerOf = (practiceId: string, what: 'email' | 'text') => `message ${what} ${practiceId}`;

export async function readSettings(tx: Tx): Promise<MessageSettings> {
  const kept = await readKept(tx.db);
  const { rules, email, texts, version, hook } = kept;
  return {
    ...{ rules, email, texts, version },
    hasEmailPassword: kept.emailSealed !== null,
    hasTextToken: kept.textSealed !== null,
    hookPath: hook ? hookPath(hook) : '',
    isDemo: (await findPractice(tx.db)).kind === 'demo',
  };
}

export async function changeSettings(tx: Tx, key: Buffer, change: SettingsChange): Promise<MessageSettings> {
  const before = await readKept(tx.db);
  const { version, rules, email, texts } = change;
  const seal = (what: 'email' | 'text', typed: string, kept: Buffer | null) =>
    typed === '' ? kept : sealSecret(key, Buffer.from(typed), ownerOf(tx.practiceId, what));
  const emailSealed =
    email && email.user !== '' ? seal('email', change.emailPassword, before.emailSealed) : null;
  const textSealed = texts ? seal('text', change.textToken, before.textSealed) : null;
  requireSecrets(change, emailSealed, textSealed);
  const { rows } = await sql<{ version: number }>`
    insert into message_settings as kept (practice_id, rules, email, email_sealed, texts, text_sealed, hook)
    values (${tx.practiceId}, ${JSON.stringify(rules)}::jsonb, ${email && JSON.stringify(email)}::jsonb,
      ${emailSealed}, ${texts && JSON.stringify(texts)}::jsonb, ${textSealed}, ${randomUUID()})
    on conflict (practice_id) do update set rules = excluded.rules, email = excluded.email,
      email_sealed = excluded.email_sealed, texts = excluded.texts, text_sealed = excluded.text_sealed,
      version = kept.version + 1 where kept.version = ${version}
    returning version`.execute(tx.db);
  if (before.version !== version || !rows[0]) throw stale('message settings', await readSettings(tx));
  tx.audit({
    action: 'message-settings.changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before: { rules: before.rules, email: before.email, texts: before.texts },
    after: {
      rules,
      email,
      texts,
      newPassword: change.emailPassword !== '',
      newToken: change.textToken !== '',
    },
  });
  tx.touch('messages');
  return readSettings(tx);
}

function requireSecrets(
  { email, texts }: SettingsChange,
  emailSealed: Buffer | null,
  textSealed: Buffer | null,
): void {
  const fields: Record<string, string> = {};
  if (email && email.user !== '' && !emailSealed)
    fields.emailPassword = 'Type the password of the mail account.';
  if (texts && !textSealed) fields.textToken = 'Type the secret token of the account.';
  const [message] = Object.values(fields);
  if (message) throw new Refusal('bad-input', message, { fields });
}

/** The token with which the provider signs what it tells us; null where none is kept or the key is another one. */
export function tokenOf(
  kept: Pick<KeptSettings, 'textSealed'>,
  key: Buffer,
  practiceId: string,
): string | null {
  if (!kept.textSealed) return null;
  return openSecret(key, kept.textSealed, ownerOf(practiceId, 'text'))?.toString('utf8') ?? null;
}

export type Senders = { text: Sender | null; email: Sender | null; close(): void };
export type SendersAsked = { practiceId: string; isDemo: boolean; kept: KeptSettings; place: MessagePlace };

/**
 * The one place in which a message can leave the office. A demo practice gets senders that open no connection,
 * whatever its settings say.
 */
export async function openSenders({ practiceId, isDemo, kept, place }: SendersAsked): Promise<Senders> {
  if (isDemo) return { text: demoSender, email: demoSender, close: () => undefined };
  const text = openText(kept, place, practiceId);
  const email = await openEmail(kept, place, practiceId);
  return {
    text: text && checked(text),
    email: email && checked(email),
    close: () => {
      text?.close();
      email?.close();
    },
  };
}

function openText(kept: KeptSettings, place: MessagePlace, practiceId: string): Sender | null {
  const authToken = tokenOf(kept, place.key, practiceId);
  if (!kept.texts || authToken === null) return null;
  const { publicUrl, allowInner } = place;
  const base = publicUrl && kept.hook ? publicUrl.replace(/\/+$/, '') + hookPath(kept.hook) : null;
  const statusUrl = base ? (id: string) => `${base}/status?message=${id}` : null;
  return textSender({ ...kept.texts, authToken, statusUrl }, { allowInner });
}

async function openEmail(
  kept: KeptSettings,
  place: MessagePlace,
  practiceId: string,
): Promise<Sender | null> {
  const { email, emailSealed } = kept;
  if (!email) return null;
  const password =
    emailSealed && openSecret(place.key, emailSealed, ownerOf(practiceId, 'email'))?.toString('utf8');
  if (email.user !== '' && !password) return null;
  const { allowInner, ca } = place;
  return smtpSender({ ...email, password: password ?? '' }, { allowInner, ...(ca ? { ca } : {}) });
}
