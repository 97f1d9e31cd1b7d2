import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { listPeople } from '../patients/queries.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { recordOpt } from './opts/commands.ts';
import { listOpts } from './opts/queries.ts';
import { listOwners, type Person, readPerson } from './people/queries.ts';
import { languageOf, recipientOf, zonesOf } from './people/rules.ts';
import * as queries from './queries.ts';
import { type Message, messageChannels, messagePurposes } from './schema.ts';
import { isOptedOut, openFrom, whyWords } from './sending/rules.ts';
import { changeSettings, readSettings } from './settings/commands.ts';
import { readSending, type Sending } from './settings/queries.ts';
import { changeTemplate } from './templates/commands.ts';
import { findTemplate, listTemplates } from './templates/queries.ts';
import { compose } from './templates/rules.ts';
import { TemplateKey } from './templates/schema.ts';
import { usualTemplates } from './templates/usual/rules.ts';
import { listThreads } from './threads/queries.ts';

/** A list that was shown is one row with its ids, the people's among them. */
function auditSeen(
  tx: Tx,
  action: string,
  seen: readonly { messageId?: string; patientId: string | null }[],
): void {
  const ids = seen.flatMap((one) => [
    ...(one.messageId ? [one.messageId] : []),
    ...(one.patientId ? [one.patientId] : []),
  ]);
  if (ids.length > 0) tx.audit({ action, subjectKind: 'message', subjectIds: [...new Set(ids)] });
}

async function waysTo(tx: Tx, person: Person, sending: Sending): Promise<api.Reachability[]> {
  const today = localDate(tx.now.getTime(), sending.timeZone);
  const ways: api.Reachability[] = [];
  for (const channel of messageChannels) {
    const known = new Map<string, Awaited<ReturnType<typeof listOpts>>>([['', []]]);
    for (const purpose of messagePurposes) {
      const recipient = recipientOf(person, { channel, purpose, today });
      const address = recipient?.address ?? '';
      const opts = known.get(address) ?? (await listOpts(tx.db, channel, address));
      known.set(address, opts);
      const optedOut = isOptedOut(opts, purpose);
      ways.push({
        ...{ channel, purpose, address, proxyName: recipient?.proxyName ?? '' },
        ...{ may: recipient?.may ?? 'no', optedOut },
        why: whyNot(person, sending.has(channel), recipient?.may, optedOut),
      });
    }
  }
  return ways;
}

function whyNot({ state }: Person, hasProvider: boolean, may: string | undefined, optedOut: boolean): string {
  if (state !== 'alive') return state === 'deceased' ? whyWords.deceased : whyWords['not-a-patient'];
  if (!hasProvider) return whyWords['no-provider'];
  if (may === undefined) return whyWords['no-address'];
  if (optedOut) return whyWords['opted-out'];
  if (may === 'no') return whyWords.refused;
  return may === 'yes' ? '' : whyWords['not-asked'];
}

async function find(tx: Tx, messageId: string): Promise<Message> {
  const message = await queries.findMessage(tx.db, messageId);
  if (!message) throw notFound('message');
  return message;
}

async function likelyPeople(tx: Tx, address: string, hidden: ReadonlySet<string>) {
  const { timeZone } = await readSending(tx.db);
  // A number tells nobody that someone whose record is restricted is a patient here.
  const ids = (await listOwners(tx.db, address)).filter((id) => !hidden.has(id));
  const people = await listPeople(tx.db, ids, localDate(tx.now.getTime(), timeZone));
  return people.map(({ patientId, callName }) => ({ patientId, name: callName }));
}

const reading: readonly Route[] = [
  route(api.listThreads, 'messages.see', async (tx, { hidden }) => {
    const threads = (await listThreads(tx.db, tx.now)).filter(
      (one) => !one.patientId || !hidden.has(one.patientId),
    );
    auditSeen(tx, 'messages.threads-listed', threads);
    return { threads };
  }),
  route(api.listOutbox, 'messages.see', async (tx, { hidden }) => {
    const all = await queries.listOutbox(tx.db, 300);
    const messages = all.filter((one) => !one.patientId || !hidden.has(one.patientId));
    auditSeen(tx, 'messages.outbox-listed', messages);
    return { messages, isDemo: (await readSending(tx.db)).isDemo };
  }),
  route(api.readPatientThread, 'messages.see', async (tx, { params }) => {
    const person = await readPerson(tx.db, params.id);
    if (!person) throw notFound('person');
    const sending = await readSending(tx.db);
    const nowMs = tx.now.getTime();
    const openMs = openFrom(nowMs, zonesOf(person, sending.timeZone), sending.rules);
    tx.audit({ action: 'patient.messages-listed', subjectKind: 'patient', subjectIds: [person.patientId] });
    return {
      ...{ name: person.callName, bornOn: person.bornOn },
      messages: await queries.listThread(tx.db, person.patientId),
      ways: await waysTo(tx, person, sending),
      language: languageOf(person),
      quietUntil: openMs > nowMs ? new Date(openMs).toISOString() : null,
    };
  }),
  route(api.readThread, 'messages.see', async (tx, { params, hidden }) => {
    const { patientId, address, channel } = await find(tx, params.id);
    const messages = await queries.listThread(tx.db, patientId ?? address);
    auditSeen(tx, 'messages.thread-read', messages);
    const optedOut = isOptedOut(await listOpts(tx.db, channel, address), 'other');
    const likely = patientId ? [] : await likelyPeople(tx, address, hidden);
    return { messages, patientId, address, optedOut, likely };
  }),
  route(api.readMessage, 'messages.see', async (tx, { params }) => {
    const message = await find(tx, params.id);
    auditSeen(tx, 'message.opened', [message]);
    return { message, steps: await queries.listSteps(tx.db, params.id) };
  }),
  route(api.listTemplates, 'messages.see', async (tx) => {
    const { practiceName, phone } = await readSending(tx.db);
    return { templates: await listTemplates(tx.db), practiceName, phone };
  }),
  route(api.prepareMessage, 'messages.send', async (tx, { body }) => {
    const person = await readPerson(tx.db, body.patientId);
    if (!person) throw notFound('person');
    const key = TemplateKey.safeParse(body.template);
    if (!key.success) throw new Refusal('bad-input', 'Choose a template from the list.');
    const { practiceName, phone } = await readSending(tx.db);
    const language = languageOf(person);
    const template = await findTemplate(tx.db, key.data, language);
    const fields = { practice: practiceName, phone, name: person.firstName };
    tx.audit({ action: 'patient.message-prepared', subjectKind: 'patient', subjectIds: [person.patientId] });
    return {
      ...compose(template, fields, body.channel),
      language,
      purpose: usualTemplates[key.data].purpose,
    };
  }),
];

const writing: readonly Route[] = [
  route(api.sendMessage, 'messages.send', async (tx, { body }) => ({
    message: await commands.sendMessage(tx, body),
  })),
  route(api.settleMessage, 'messages.send', async (tx, { params, body }) => ({
    message: await commands.settleMessage(tx, params.id, body.version),
  })),
  route(api.reopenMessage, 'messages.send', async (tx, { params, body }) => {
    const message = await queries.lockMessage(tx.db, params.id);
    if (message && message.version !== body.version) throw stale('message', message);
    return { message: await commands.reopenMessage(tx, params.id) };
  }),
  route(api.sayWhose, 'messages.send', async (tx, { params, body }) => {
    const { address, patientId } = await find(tx, params.id);
    if (patientId) throw new Refusal('conflict', 'Someone said already whose number this is.');
    await commands.sayWhose(tx, { address, patientId: body.patientId });
    return { message: await find(tx, params.id) };
  }),
  route(api.recordOpt, 'messages.send', async (tx, { params, body }) => {
    const { address, channel } = await find(tx, params.id);
    await recordOpt(tx, {
      channel,
      address,
      purpose: 'all',
      state: body.state,
      how: 'desk',
      messageId: params.id,
    });
    return { message: await find(tx, params.id) };
  }),
  route(api.changeTemplate, 'practice.set-up', async (tx, { body }) => ({
    template: await changeTemplate(tx, body),
  })),
];

export const messageRoutes: readonly Route[] = [...reading, ...writing];

/** @param key seals the passwords of providers */
export const messageSettingsRoutes = (key: Buffer): readonly Route[] => [
  route(api.readMessageSettings, 'practice.set-up', async (tx) => ({
    settings: await readSettings(tx),
    publicUrl: tx.publicUrl,
  })),
  route(api.changeMessageSettings, 'practice.set-up', async (tx, { body }) => ({
    settings: await changeSettings(tx, key, body),
  })),
];
