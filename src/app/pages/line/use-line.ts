import { readMessageLine } from '../../../features/messages/line/rules.ts';
import { openPatientCard, type PatientHit } from '../../../features/patients/api.ts';
import { usePatientSearch } from '../../../features/patients/web/use-patient-search.ts';
import type { LineChip } from '../../../features/schedule/line/rules.ts';
import type { SetupSummary } from '../../../features/schedule/setup/schema.ts';
import { useSetup } from '../../../features/schedule/web/use-setup.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { formatDate, formatPhone } from '../../../ui/format.ts';
import { deskPages } from '../../desk-pages.tsx';
import { lineVerbs } from '../../verbs.ts';
import { findPages, readLine, taskWords } from './line-rules.ts';
import type { LineItem, LineView, LineWho } from './line-view.ts';
import { useCallMode } from './use-call-mode.ts';
import { useFollowUpMode } from './use-follow-up-mode.ts';
import { useGroupMode } from './use-group-mode.ts';
import { useMergeMode } from './use-merge-mode.ts';
import { usePrintMode } from './use-print-mode.ts';
import { useRescueMode } from './use-rescue-mode.ts';
import { useSeriesMode } from './use-series-mode.ts';
import { useTaskMode } from './use-task-mode.ts';
import { useCoversMode, useHandoffMode } from './use-team-modes.ts';
import { useTextMode } from './use-text-mode.ts';
import { useArriveMode, useBookMode, useCancelMode, useMoveMode } from './use-visit-modes.ts';
import { useWaitMode } from './use-wait-mode.ts';
import { useWalkInMode } from './use-walk-in-mode.ts';

export type Line = LineView & {
  chips: readonly LineChip[];
  /** Others whom the words could mean; Tab goes through them. */
  people: readonly PatientHit[];
  personAt: number;
};

type Typed = { text: string; personAt: number; add: (words: string) => void; close: () => void };

function nameOf(hit: { callName: string; age: number | null }): string {
  return hit.age === null ? hit.callName : `${hit.callName}, ${hit.age}`;
}

function useWhoInView(): LineWho | undefined {
  const { patientId } = usePerson();
  const { may } = useSession();
  const { data } = useRead(
    openPatientCard,
    { params: { id: patientId ?? '' } },
    {
      topics: ['patients'],
      enabled: patientId !== undefined && may('patients.open'),
      keys: [patientId ?? ''],
    },
  );
  return patientId ? { patientId, name: data ? nameOf(data.card) : 'the person in view' } : undefined;
}

/** What may be found by name alone: people, then pages. */
function useFind({ text, close }: Typed, hits: readonly PatientHit[], isOpen: boolean): LineItem[] {
  const session = useSession();
  const person = usePerson();
  const { go } = useAddress();
  const to = (path: string) => () => {
    go(path);
    close();
  };
  const people = hits.map((hit) => ({
    id: hit.patientId,
    lead: hit.fileName,
    title: [
      hit.bornOn ? `${formatDate(hit.bornOn)}${hit.age === null ? '' : `, ${hit.age}`}` : 'no birth date',
      `MRN ${hit.mrn}`,
      hit.phone && formatPhone(hit.phone),
    ]
      .filter(Boolean)
      .join(' · '),
    detail: [hit.deceased ? 'deceased' : '', ...hit.matched].filter(Boolean).join(', '),
    run: () => {
      person.show(hit.patientId);
      to(`/patients/${hit.patientId}`)();
    },
  }));
  const may = (permission: string) => permission === 'signed-in' || session.may(permission);
  const reachable = deskPages.filter((page) => !page.path.includes('$') && may(page.permission));
  const pages = findPages(text, reachable).map((page) => ({
    id: page.path,
    lead: page.title,
    title: 'open this page',
    run: to(page.path),
  }));
  return isOpen ? [...pages, ...people] : [...people, ...pages];
}

/** These read their words themselves, or name nobody on the books. */
const ownSearches: ReadonlySet<string> = new Set(['task', 'call', 'handoff', 'covers', 'rescue']);

type Acts = Omit<Parameters<typeof useBookMode>[0], 'active'> & {
  text: string;
  inView: LineWho | undefined;
  physicians: readonly { id: string; name: string }[];
  isUnsure: boolean;
};

/** What each verb shows; only the one that is meant asks anything. */
function useViews(acts: Acts, active: (key: string) => boolean): Record<string, LineView> {
  const { text, who, inView, isUnsure, close } = acts;
  return {
    book: useBookMode({ ...acts, active: active('book') }),
    series: useSeriesMode({ ...acts, active: active('series') }),
    move: useMoveMode({ ...acts, active: active('move') }),
    cancel: useCancelMode({ ...acts, active: active('cancel') }),
    arrive: useArriveMode({ ...acts, active: active('arrive') }),
    walkin: useWalkInMode({ ...acts, active: active('walkin') }),
    group: useGroupMode({ ...acts, active: active('group') }),
    'follow-up': useFollowUpMode({ ...acts, active: active('follow-up') }),
    wait: useWaitMode({ ...acts, active: active('wait') }),
    merge: useMergeMode({ who, inView, close, active: active('merge') }),
    call: useCallMode({ text, inView, close, active: active('call') }),
    text: useTextMode({
      ...{ who, isUnsure, close, said: readMessageLine(text, taskWords) },
      active: active('text'),
    }),
    print: usePrintMode({ ...acts, active: active('print') }),
    task: useTaskMode({ ...acts, active: active('task') }),
    handoff: useHandoffMode({ text, close, active: active('handoff') }),
    covers: useCoversMode({ text, close, active: active('covers') }),
    rescue: useRescueMode({ text, close, physicians: acts.physicians, active: active('rescue') }),
  };
}

function wordsOf({ visitTypes, sites }: SetupSummary, physicians: readonly { id: string; label: string }[]) {
  return {
    visitTypes: visitTypes.map((one) => ({ id: one.visitTypeId, code: one.code, name: one.name })),
    physicians: physicians.map((one) => ({ id: one.id, name: one.label })),
    sites: sites.map((site) => ({ id: site.siteId, name: site.name })),
  };
}

/** Everything the line shows for what stands in it. */
export function useLine(typed: Typed): Line {
  const { text } = typed;
  const { timeZone, may } = useSession();
  const { setup, physicians, ready } = useSetup();
  const inView = useWhoInView();
  const vocabulary = { ...wordsOf(setup, physicians), today: localDate(Date.now(), timeZone) };
  const { parsed, mode, meansPersonInView } = readLine(text, vocabulary, inView !== undefined);
  const ownSearch = ownSearches.has(mode);
  const searches = !meansPersonInView && !ownSearch;
  const search = usePatientSearch(searches ? parsed.personWords : '', 6);
  const hits = searches && (parsed.personWords || mode === 'nothing') ? search.hits : [];
  const hit = hits[typed.personAt % Math.max(1, hits.length)];
  const found = hit && parsed.personWords ? { patientId: hit.patientId, name: nameOf(hit) } : undefined;
  const who = meansPersonInView ? inView : found;
  const verb = lineVerbs.find((one) => one.key === mode);
  const barred =
    verb && !may(verb.permission) ? `Your roles do not let you do that: ${verb.label.toLowerCase()}.` : '';
  const acts = {
    ...{ text, parsed, who, inView, setup, add: typed.add, close: typed.close },
    physicians: vocabulary.physicians,
    isUnsure: !meansPersonInView && hits.length > 1 && typed.personAt === 0,
  };
  const views = useViews(acts, (key) => mode === key && !barred);
  const findItems = useFind(typed, hits, parsed.verb === 'open' || !who);
  const nobody = search.fresh && parsed.personWords !== '' && hits.length === 0;
  const finding: LineView = {
    items: findItems,
    fresh: search.fresh,
    does: 'open',
    ...(nobody && findItems.length === 0 ? { head: nobodyText(parsed.personWords) } : {}),
  };
  // "today", "settings": words that book nothing, because no one is named, may be a page.
  const isPage = mode === 'book' && !who && parsed.personWords === '' && findItems.length > 0;
  const chosen = isPage ? finding : (views[mode] ?? finding);
  const view =
    nobody && !who && !ownSearch && mode !== 'print' && !isPage ? { ...finding, items: findItems } : chosen;
  return {
    ...view,
    ...(barred ? { items: [], head: barred } : {}),
    fresh: view.fresh && ready && (meansPersonInView || ownSearch || search.fresh),
    chips: view.chips ?? chipsOf(parsed.chips, who, view.whatChip),
    people: mode === 'find' || mode === 'nothing' ? [] : hits,
    personAt: typed.personAt % Math.max(1, hits.length),
  };
}

function nobodyText(words: string): string {
  return `Nobody is found for “${words}”. Try fewer letters, a birth date or a phone number.`;
}

function chipsOf(chips: readonly LineChip[], who: LineWho | undefined, what: string | undefined): LineChip[] {
  const others = chips.filter((chip) => chip.kind !== 'who' && !(what && chip.kind === 'what'));
  const typedWho = chips.find((chip) => chip.kind === 'who');
  const whoChip = who ? [{ kind: 'who' as const, text: who.name }] : typedWho ? [typedWho] : [];
  return [...whoChip, ...(what ? [{ kind: 'what' as const, text: what }] : []), ...others];
}
