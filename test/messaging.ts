import { openPublic } from '../src/app/open-public.ts';
import { listThread } from '../src/features/messages/queries.ts';
import type { Message } from '../src/features/messages/schema.ts';
import { changeSettings } from '../src/features/messages/settings/commands.ts';
import { readKept } from '../src/features/messages/settings/queries.ts';
import { hookPath, usualRules } from '../src/features/messages/settings/rules.ts';
import type { EmailProvider, SendingRules } from '../src/features/messages/settings/schema.ts';
import { registerPatients } from '../src/features/patients/commands.ts';
import { recordConsents } from '../src/features/patients/consents/commands.ts';
import type { Channel, Purpose } from '../src/features/patients/consents/schema.ts';
import type { NewPatient } from '../src/features/patients/schema.ts';
import type { TestOffice, TestPractice } from './office.ts';
import { openTextProvider, type TextProvider } from './text-provider.ts';

export type Messaging = {
  provider: TextProvider;
  /** Where the provider posts texts that come in. */
  textUrl: string;
  /** A person with a mobile, who said yes to texts about visits unless told otherwise. */
  person(
    draft?: Partial<NewPatient>,
    consent?: { channel: Channel; purpose: Purpose } | null,
  ): Promise<string>;
  /** Send all that is due. */
  drain(): Promise<void>;
  thread(thread: string): Promise<Message[]>;
  change(rules: Partial<SendingRules>, email?: EmailProvider | null, emailPassword?: string): Promise<void>;
  close(): Promise<void>;
};

/** A practice that sends through a provider of texts that remembers, and hears from it on a listener of its own. */
export async function openMessaging(office: TestOffice, practice: TestPractice): Promise<Messaging> {
  const provider = await openTextProvider();
  const { store } = office;
  const listener = await openPublic(store, { port: 0, host: '127.0.0.1' }, 'silent');
  const texts = { baseUrl: provider.url, accountSid: provider.accountSid, from: provider.number };
  const change: Messaging['change'] = async (rules, email = null, emailPassword = '') => {
    await practice.tx(async (tx) => {
      const { version } = await readKept(tx.db);
      const change = { version, rules: { ...usualRules, ...rules }, email, emailPassword, texts };
      await changeSettings(tx, store.auditKey, { ...change, textToken: provider.token });
    });
  };
  await change({});
  const hook = await practice.tx(async (tx) => (await readKept(tx.db)).hook);
  let made = 0;
  return {
    provider,
    textUrl: `${listener.url}${hookPath(hook ?? '')}/text`,
    person: async (draft = {}, consent = { channel: 'text', purpose: 'appointments' }) => {
      made += 1;
      const number = `+1518555${String(1000 + made)}`;
      return practice.tx(async (tx) => {
        const usual = { familyName: 'Test', givenName: `Person ${made}`, bornOn: '1970-05-01' };
        const [one] = await registerPatients(tx, [
          { ...usual, phones: [{ kind: 'mobile', number }], ...draft },
        ]);
        const patientId = one?.patientId ?? '';
        if (consent) {
          const answers = [{ ...consent, state: 'given' as const }];
          await recordConsents(tx, patientId, { answers, how: 'in-person', lastId: null });
        }
        return patientId;
      });
    },
    drain: async () => {
      await office.runner.drain();
    },
    thread: (thread) => practice.tx((tx) => listThread(tx.db, thread)),
    change,
    close: async () => {
      await listener.close();
      await provider.close();
    },
  };
}
