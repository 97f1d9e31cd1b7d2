import { callInError, takeCall } from '../../../features/calls/api.ts';
import { readCall } from '../../../features/calls/line/rules.ts';
import type { Caller } from '../../../features/calls/schema.ts';
import { callFromLine, strangerOf, vocabularyOf } from '../../../features/calls/taking/rules.ts';
import { useCallers, useTakingDesk } from '../../../features/calls/web/use-taking.ts';
import { findRedFlags } from '../../../features/messages/danger/rules.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { formatDayTime, formatPhone } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type LineItem, type LineView, type LineWho, nothingYet } from './line-view.ts';

type Input = { active: boolean; text: string; inView: LineWho | undefined; close: () => void };

const help =
  'Who calls, what about, promised by when and to whom: “5185550123 refill, back by 3pm to nurse”. ' +
  'After a name a colon: “smith jo: refill”.';

function callerInView({ patientId, name }: LineWho): Caller {
  return {
    ...{ kind: 'patient', callerKind: 'patient', id: patientId, name, detail: 'in view', phone: '' },
    ...{ patientId, patientName: name },
  };
}

function useKeepCall(close: () => void) {
  const toast = useToast();
  const person = usePerson();
  const take = useWrite(takeCall, { touches: ['calls'] });
  const remove = useWrite(callInError, { touches: ['calls'] });
  return async (taken: NonNullable<ReturnType<typeof callFromLine>>, due: string) => {
    try {
      const { call } = await take.mutateAsync({ body: taken.call });
      const body = { version: call.version, reason: 'taken back at once' };
      toast.done(`${due}: ${call.text}`, {
        undo: () => remove.mutateAsync({ params: { id: call.callId }, body }),
      });
      if (call.patientId) person.show(call.patientId);
      close();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
}

/** `call 5185550123 refill of lisinopril, back by 3pm to nurse`: logged, and owed by its time. */
export function useCallMode({ active, text, inView, close }: Input): LineView {
  const { desk, settings, ready } = useTakingDesk(active);
  const read = active ? readCall(text, vocabularyOf(desk, inView !== undefined)) : null;
  const search = useCallers(read?.caller ?? '', active);
  const keep = useKeepCall(close);
  if (!read) return nothingYet;
  if (read.text === '') return { ...nothingYet, does: 'log the call', head: help };
  const itemOf = (caller: Caller | null): LineItem[] => {
    const taken = callFromLine({ caller, typed: read.caller, text: read.text, promise: read.promise }, desk);
    if (!taken) return [];
    const { promisedAt, owner } = taken.owed;
    const lead = promisedAt ? formatDayTime(promisedAt, desk.timeZone, desk.today) : 'on record';
    const stranger = strangerOf(read.caller);
    const name = stranger.callerName || formatPhone(stranger.callbackPhone);
    const who = caller ? `${caller.name}, ${caller.detail}` : `${name}, nobody here: kept as typed`;
    const whose = promisedAt ? `for ${owner?.label ?? 'anyone'}` : 'nothing promised';
    const said = promisedAt ? `Owed ${lead}, ${owner?.label ?? 'anyone'}` : 'On record';
    return [
      {
        id: caller ? `${caller.kind} ${caller.id}` : 'stranger',
        ...{ lead, title: read.text, detail: `${who} · ${whose}` },
        run: () => void keep(taken, said),
      },
    ];
  };
  const people = read.caller === '' && inView ? [callerInView(inView)] : search.callers;
  const items = [...people.flatMap(itemOf), ...(read.caller === '' ? [] : itemOf(null))];
  const flags = findRedFlags(read.text, settings.redFlags);
  const nobody = items.length === 0 && ready;
  const head = flags.length > 0 ? settings.instruction : nobody ? whyNone(read) : undefined;
  const fresh = ready && search.fresh;
  return {
    items,
    fresh,
    does: 'log the call',
    chips: [{ kind: 'what', text: 'a call' }],
    ...(head ? { head } : {}),
  };
}

function whyNone(read: NonNullable<ReturnType<typeof readCall>>): string {
  if (read.caller === '') return help;
  return `Nobody here is called “${read.promise.ownerWord}”.`;
}
