import * as api from '../src/features/messages/api.ts';
import { messageDuties } from '../src/features/messages/duties.ts';
import type { Messaging } from './messaging.ts';
import type { Desk, TestOffice, TestPractice } from './office.ts';

type Where = { office: TestOffice; practice: TestPractice; messaging: Messaging; ana: Desk };

/** What a desk sees and does with messages, and a patient's phone on the other side. @param where known once it is open */
export function messagesDesk(where: () => Where) {
  const threadOf = (patientId: string) =>
    where().ana.do(api.readPatientThread, { params: { id: patientId } });
  return {
    threadOf,
    lastOf: async (patientId: string) => (await threadOf(patientId)).messages.at(-1),
    send: (patientId: string, body: string, more = {}) =>
      where().ana.do(api.sendMessage, { body: { patientId, body, purpose: 'reminder', ...more } }),
    numberOf: async (patientId: string) => (await threadOf(patientId)).ways[0]?.address ?? '',
    write: (from: string, body: string, sid?: string) => {
      const { provider, textUrl } = where().messaging;
      return provider.write(textUrl, { from, body, ...(sid ? { sid } : {}) });
    },
    /** The duties that messages make now. */
    owed: () => {
      const { practice, office } = where();
      return practice.tx(async (tx) => {
        const context = { now: office.clock.now(), practiceTimeZone: 'America/New_York' };
        return (await Promise.all(messageDuties.map((one) => one.list(tx.db, context)))).flat();
      });
    },
  };
}
