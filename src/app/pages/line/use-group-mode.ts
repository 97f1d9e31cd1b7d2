import { useQueryClient } from '@tanstack/react-query';
import { bookSeat, listSessions } from '../../../features/schedule/groups/api.ts';
import { meantSessions } from '../../../features/schedule/groups/rules.ts';
import type { Session } from '../../../features/schedule/groups/schema.ts';
import { cancelVisit } from '../../../features/schedule/visits/api.ts';
import { call } from '../../../platform/web/call.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { refreshTopics, useRead, useWrite } from '../../../platform/web/use-office.ts';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type LineView, nothingYet } from './line-view.ts';
import type { ModeInput } from './use-visit-modes.ts';

const touches = ['groups', 'visits'];

function placesOf({ capacity, taken }: Session): string {
  const left = capacity - taken;
  if (left <= 0) return 'full';
  return left === 1 ? '1 place left' : `${left} places left`;
}

/** A place in a session; what is done can be taken back. */
function useBookSeat(close: () => void) {
  const client = useQueryClient();
  const toast = useToast();
  const person = usePerson();
  const { mutate, isPending, error } = useWrite(bookSeat, { touches });
  const book = (session: Session, who: { patientId: string; name: string }) => {
    if (isPending) return;
    const input = { params: { id: session.sessionId }, body: { patientId: who.patientId } };
    mutate(input, {
      onSuccess: ({ visit }) => {
        person.show(who.patientId);
        const when = formatDayTime(visit.startsAt, visit.timeZone);
        const undo = async () => {
          const body = { version: visit.version, reason: 'booked-twice' } as const;
          await call(cancelVisit, { params: { id: visit.visitId }, body });
          await refreshTopics(client, touches);
        };
        toast.done(`Booked into ${session.name}, ${when}: ${who.name}.`, { undo });
        close();
      },
    });
  };
  return { book, error };
}

/** `smith jo group diabetes`: the sessions ahead that the words mean; Enter takes a place in the first. */
export function useGroupMode({ active, parsed, who, close }: ModeInput): LineView {
  const { book, error } = useBookSeat(close);
  const read = useRead(
    listSessions,
    { query: {} },
    { topics: ['groups', 'visits', 'setup'], enabled: active },
  );
  if (!active) return nothingYet;
  if (!who) return { ...nothingYet, does: 'book', head: 'Whom? Type a scrap of the name, then the group.' };
  const sessions = meantSessions(read.data?.sessions ?? [], parsed);
  const items = sessions.slice(0, 6).map((session) => ({
    id: session.sessionId,
    lead: formatDayTime(session.startsAt, session.timeZone),
    title: `${session.name} · ${session.physicianName} · ${session.siteName}`,
    detail: placesOf(session),
    run: () => book(session, who),
  }));
  const none = read.data && items.length === 0;
  const head = error?.message ?? read.error?.message ?? (none ? noneText(parsed.rest) : undefined);
  return {
    items,
    fresh: read.data !== undefined,
    does: 'book a place in the first',
    ...(head ? { head } : {}),
  };
}

function noneText(words: string): string {
  const which = words ? `No group session ahead is called “${words}”.` : 'No group session lies ahead.';
  return `${which} Plan one under Schedule, Groups.`;
}
