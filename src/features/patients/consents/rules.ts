import { type Answer, type Channel, channels, type Purpose, purposes, type Way } from './schema.ts';

/**
 * `yes`: as needed. `limited`: name of the practice and a number to call back, nothing else. `ask`: not before the
 * person was asked. `no`: not at all.
 */
export type MayContact = 'yes' | 'limited' | 'ask' | 'no';

/** What the office noted of the very number or address that would be used. */
export type OfNumber = { mayText?: boolean; mayLeaveVoicemail?: boolean };

const carePurposes = purposes.filter((one) => one !== 'marketing');

/**
 * Whether a person may be contacted this way for this reason. Whoever sends or dials asks this first.
 *
 * A refusal always holds: people may ask for other ways to be reached, and a provider must follow reasonable
 * requests (45 CFR 164.522(b)(1)(i)); consent to calls and texts may be revoked by any reasonable means
 * (47 CFR 64.1200(a)(10)). Where nobody asked:
 * - marketing: never. HIPAA wants a signed authorization (45 CFR 164.508(a)(3)); advertising calls and texts want
 *   written consent (47 CFR 64.1200(a)(2)).
 * - call and mail: yes. Reminders, results and bills are treatment and payment, which need no authorization
 *   (45 CFR 164.506(c); HHS HIPAA FAQ 198).
 * - voicemail: limited. Messages may be left, with as little in them as needed (HHS HIPAA FAQ 198;
 *   45 CFR 164.502(b)); `yes` for appointments where the number was noted as good for it.
 * - text: ask. Texts sent by machine to a mobile need prior express consent (47 U.S.C. 227(b)(1)(A);
 *   47 CFR 64.1200(a)(1)); `yes` for appointments where the number was noted as good for it.
 * - email: ask. Unencrypted mail only after the person was told of the risk and prefers it (HHS, Omnibus Rule,
 *   78 Fed. Reg. 5566, 5634).
 *
 * @param answers in any order, one for each channel and purpose that was answered: those that hold now
 */
export function mayContact(
  answers: readonly Answer[],
  channel: Channel,
  purpose: Purpose,
  number: OfNumber = {},
): MayContact {
  const state = stateOf(answers, channel, purpose);
  if (state === 'refused') return 'no';
  if (state === 'given') return 'yes';
  if (purpose === 'marketing') return 'no';
  if (channel === 'call' || channel === 'mail') return 'yes';
  if (channel === 'email') return 'ask';
  const noted = channel === 'voicemail' ? number.mayLeaveVoicemail : number.mayText;
  if (noted && purpose === 'appointments') return 'yes';
  return channel === 'voicemail' ? 'limited' : 'ask';
}

export function stateOf(answers: readonly Answer[], channel: Channel, purpose: Purpose): Answer['state'] {
  const found = answers.find((one) => one.channel === channel && one.purpose === purpose);
  return found?.state ?? 'unknown';
}

const dont: Record<Channel, string> = {
  call: 'do not call',
  voicemail: 'do not leave voicemail',
  text: 'do not text',
  email: 'do not e-mail',
  mail: 'do not send mail',
};

/**
 * What was refused, to be read at a glance: "do not leave voicemail", "do not text about results". Refused marketing
 * is the rule where nobody asked, and says nothing of care.
 */
export function refusals(answers: readonly Answer[]): string[] {
  return channels.flatMap((channel) => {
    const refused = carePurposes.filter((purpose) => stateOf(answers, channel, purpose) === 'refused');
    if (refused.length === 0) return [];
    if (refused.length === carePurposes.length) return [dont[channel]];
    return [`${dont[channel]} about ${refused.join(' or ')}`];
  });
}

export const channelWords: Record<Channel, string> = {
  call: 'Call',
  voicemail: 'Voicemail',
  text: 'Text',
  email: 'E-mail',
  mail: 'Mail',
};
export const wayWords: Record<Way, string> = {
  'in-person': 'in person',
  phone: 'by phone',
  form: 'on a form',
  portal: 'on the portal',
  message: 'by a message',
};

/** Of answers, the latest first, those that hold. */
export function holding<T extends { channel: string; purpose: string }>(answers: readonly T[]): T[] {
  const seen = new Set<string>();
  return answers.filter(({ channel, purpose }) => {
    const key = `${channel} ${purpose}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
