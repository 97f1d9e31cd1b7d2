import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';
import { memoryOf } from '../../../platform/db/memory.ts';
import { inTransaction, type Store, theOffice } from '../../../platform/db/transaction.ts';
import type { Gate, GateAsk, Veil } from '../../../platform/http/gate.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Session } from '../../../platform/session/session.ts';
import { emergencyReads } from '../emergency/rules.ts';
import { readPrivacyState } from '../queries.ts';
import {
  accessOf,
  hasEmergency,
  hiddenFrom,
  isBroken,
  modeOf,
  type PrivacyState,
  type Viewer,
} from '../rules.ts';
import type { Asks } from '../schema.ts';
import { veilOver } from '../veil/rules.ts';
import { Admitted } from './admitted/queries.ts';
import { listStandings, nearOf, type Standing } from './queries.ts';
import {
  exemptionOf,
  isFhir,
  isOversight,
  needsPurpose,
  type Subject,
  subjectsOf,
  worksUnseen,
} from './rules.ts';

/** As the office reads before it opens the transaction of a request: what is remembered costs nothing. */
export function privacyStateOf(store: Store, practiceId: string): Promise<PrivacyState> {
  const of = { topics: ['privacy'], days: [] };
  return memoryOf(store.source).find('privacy', { practiceId, of }, () =>
    inTransaction(store, { practiceId, actor: theOffice, requestId: 'privacy', readOnly: true }, (tx) =>
      readPrivacyState(tx.db, tx.now),
    ),
  );
}

const viewerOf = (store: Store, { accountId, staffId, roles, kind }: Session): Viewer => ({
  ...{ accountId, staffId, roles, isProgram: kind === 'key' },
  nowMs: store.clock.now().getTime(),
});

type Sources = { reasons: readonly PresentReason[]; behind: readonly PersonPath[] };

const none: ReadonlySet<string> = new Set();

/** In an emergency nobody is asked: what is read is on record, and someone reviews it. */
const modeNow = ({ state, viewer }: Pick<Asking, 'state' | 'viewer'>) =>
  hasEmergency(state, viewer) ? 'off' : modeOf(viewer.roles, state.settings);

/** Need to know: before every route, in this one place. */
export function needToKnowGate({ reasons, behind }: Sources): Gate {
  const admitted = new Admitted();
  return {
    raised: async (store, session) => {
      const state = await privacyStateOf(store, session.practiceId);
      return hasEmergency(state, viewerOf(store, session)) ? emergencyReads : none;
    },
    admit: async (ask) => {
      const { store, session, route, input } = ask;
      const state = await privacyStateOf(store, session.practiceId);
      const viewer = viewerOf(store, session);
      const hidden = hiddenFrom(state, viewer);
      const { path } = route.endpoint;
      const veil: Veil | null = hidden.size > 0 && !isOversight(path) ? veilOver(hidden) : null;
      if (exemptionOf(route.endpoint)) return veil;
      const own = { ask, state, viewer, admitted, reasons };
      await admitAll(own, subjectsOf(path, input, behind));
      if (needsPurpose(path)) await requirePurpose(own);
      return veil;
    },
  };
}

type Asking = {
  ask: GateAsk;
  state: PrivacyState;
  viewer: Viewer;
  admitted: Admitted;
  reasons: readonly PresentReason[];
};

/** Everyone whom a request is about, in one look at most. */
async function admitAll(asking: Asking, subjects: readonly Subject[]): Promise<void> {
  const { ask, state, admitted } = asking;
  if (subjects.length === 0) return;
  const mode = modeNow(asking);
  const hasSecrets = state.restricted.size > 0 || state.ownRecords.size > 0;
  const { today } = nearOf(nearAsk(asking));
  const unknown = subjects.filter((subject) => {
    const known = knownPerson(asking, subject, hasSecrets);
    if (known === undefined) return mode !== 'off' || hasSecrets;
    refuseClosed(asking, known);
    return mode !== 'off' && !admitted.has(ask.session, known, today);
  });
  if (unknown.length === 0) return;
  for (const standing of await findStandings(asking, unknown)) {
    const { asked, patientId } = standing;
    admitted.notePerson(ask.session, asked, patientId);
    refuseClosed(asking, patientId);
    if (mode !== 'off') await requireReason(asking, standing);
    for (const id of [asked, patientId]) admitted.note(ask.session, id, today);
  }
}

/** Whose a visit is may change by a merge: where anything is restricted, that is read anew. */
function knownPerson({ ask, admitted }: Asking, subject: Subject, hasSecrets: boolean): string | undefined {
  if ('patientId' in subject) return subject.patientId;
  return hasSecrets ? undefined : admitted.personOf(ask.session, subject.id);
}

const nearAsk = ({ ask, state }: Asking) => ({
  now: ask.store.clock.now(),
  timeZone: ask.session.timeZone,
  settings: state.settings,
});

function findStandings(asking: Asking, subjects: readonly Subject[]): Promise<Standing[]> {
  const { store, session, requestId } = asking.ask;
  const { practiceId, accountId, actor } = session;
  return inTransaction(store, { practiceId, actor, requestId, readOnly: true }, (tx) =>
    listStandings(tx.db, { ...nearAsk(asking), accountId, subjects, reasons: asking.reasons }),
  );
}

/** A record that is closed to this person, whatever they say; or until they break the glass. */
function refuseClosed({ ask, state, viewer }: Asking, patientId: string): void {
  const access = accessOf(state, viewer, patientId);
  if (access === 'open' || (access === 'restricted' && worksUnseen(ask.route.endpoint.path))) return;
  if (access === 'own')
    throw new Refusal(
      'not-permitted',
      'You cannot open your own chart here. Ask a colleague, or ask for a copy of your record.',
    );
  const { session } = ask;
  if (session.kind === 'key' || !session.permissions.has('privacy.break-glass'))
    throw new Refusal('not-permitted', 'This record is restricted. A manager can add you to its list.');
  const asks: Asks = { patientId, what: 'restricted', mayGoOn: false, minutes: state.settings.glassMinutes };
  throw new Refusal(
    'needs-reason',
    'This record is restricted. Ask a manager, or break the glass with a reason.',
    { asks },
  );
}

async function requireReason(asking: Asking, { patientId, reason }: Standing): Promise<void> {
  const { ask, state, viewer } = asking;
  // Who broke the glass has said why, and is reviewed for it
  if (reason || isBroken(state, viewer, patientId)) return;
  if (isFhir(ask.route.endpoint.path) || ask.session.kind === 'key') return requirePurpose(asking, patientId);
  await noteAsked(asking, patientId);
  const mayGoOn = modeNow(asking) === 'notes';
  const asks: Asks = { patientId, what: 'reason', mayGoOn, minutes: 0 };
  throw new Refusal('needs-reason', 'This person is not near today. Say why you open the record.', { asks });
}

/** Someone was asked: on record also where they went away again, once a minute. */
async function noteAsked({ ask, admitted }: Asking, patientId: string): Promise<void> {
  const { store, session, requestId } = ask;
  const at = store.clock.now();
  if (ask.live || !admitted.isNew(session, `asked ${patientId}`, at)) return;
  const { accountId, staffId } = session;
  const entry = { action: 'patient.asked-why', subjectKind: 'patient', subjectIds: [patientId] };
  await store.readAudit(session.practiceId, [{ who: { accountId, staffId, requestId }, at, entry }]);
}

/** What a program reads people for: said once when its key was made, or with the request. */
async function requirePurpose(asking: Asking, patientId?: string): Promise<void> {
  const { ask, state, admitted } = asking;
  const { session, store, requestId } = ask;
  if (modeNow(asking) === 'off') return;
  const purpose = state.purposes.get(session.sessionId) ?? ask.purpose.slice(0, 200);
  if (purpose.length < 3)
    throw new Refusal(
      'needs-reason',
      'Say what you read people for: send an X-Purpose header, or use a key that was made with a purpose.',
    );
  const at = store.clock.now();
  if (!admitted.isNew(session, `purpose ${purpose} ${patientId ?? ''}`, at)) return;
  const { accountId, staffId } = session;
  const subjectIds = patientId ? [patientId] : [session.sessionId];
  const entry = { action: 'people.purpose', subjectKind: patientId ? 'patient' : 'session', subjectIds };
  await store.readAudit(session.practiceId, [
    { who: { accountId, staffId, requestId }, at, entry: { ...entry, reason: purpose } },
  ]);
}
