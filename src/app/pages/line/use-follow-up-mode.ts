import { readSaid } from '../../../features/follow-ups/line/rules.ts';
import { priorityWords, windowAround } from '../../../features/follow-ups/rules.ts';
import type { FollowUp, NewFollowUp } from '../../../features/follow-ups/schema.ts';
import { useOrder } from '../../../features/follow-ups/web/order-dialog.tsx';
import type { ParsedLine } from '../../../features/schedule/line/rules.ts';
import type { SetupSummary } from '../../../features/schedule/setup/schema.ts';
import { startingType } from '../../../features/schedule/web/use-setup.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { formatDay } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type LineView, nothingYet } from './line-view.ts';
import type { ModeInput } from './use-visit-modes.ts';

type Order = Omit<NewFollowUp, 'patientId'> & { earliestOn: string; latestOn: string };

/** The order that the words are; undefined while they do not say when. */
function orderOf(parsed: ParsedLine, setup: SetupSummary, today: string): Order | undefined {
  const said = readSaid(parsed.rest, today);
  const { when, physicianIds } = parsed;
  const days = when && 'from' in when ? when : undefined;
  const targetOn = when && 'aroundDate' in when ? when.aroundDate : (days?.from ?? said.targetOn);
  if (!targetOn) return undefined;
  const isSpan = days && days.from !== days.to;
  const window = isSpan ? { earliestOn: days.from, latestOn: days.to } : windowAround(today, targetOn);
  return {
    ...{ targetOn, ...window, said: said.span, first: said.first, instructions: said.rest },
    priority: said.priority ?? 'routine',
    visitTypeId: parsed.visitTypeId ?? startingType(setup, physicianIds?.[0]),
    physicianId: physicianIds?.[0] ?? null,
  };
}

/** `smith jo fu 3m mri first`: one record that is owed until it is kept, refused or closed. */
export function useFollowUpMode({ active, parsed, who, setup, close }: ModeInput): LineView {
  const { timeZone, may } = useSession();
  const { go } = useAddress();
  const person = usePerson();
  const toast = useToast();
  const send = useOrder();
  if (!active) return nothingYet;
  const does = 'order it';
  if (!who)
    return { ...nothingYet, does, head: 'For whom? Type a scrap of the name, then when: “6w, MRI first”.' };
  const today = localDate(Date.now(), timeZone);
  const order = orderOf(parsed, setup, today);
  if (!order) return { ...nothingYet, does, head: `When shall ${who.name} come? “6w”, “3m mri first”.` };
  const run = async (then: (followUp: FollowUp) => void) => {
    try {
      const followUp = await send({ ...order, patientId: who.patientId });
      person.show(who.patientId);
      then(followUp);
      close();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const type = setup.visitTypes.find((one) => one.visitTypeId === order.visitTypeId);
  const physician = setup.physicians.find((one) => one.resourceId === order.physicianId);
  const first = order.first ?? [];
  const title = [
    `${type?.name ?? 'Visit'} with ${physician?.name ?? 'anyone'}`,
    first.length > 0 && `first: ${first.join(', ')}`,
    order.priority !== 'routine' && priorityWords[order.priority ?? 'routine'].toLowerCase(),
    order.instructions,
  ];
  const window = `${formatDay(order.earliestOn, today)} to ${formatDay(order.latestOn, today)}`;
  const ordered = {
    id: 'order',
    lead: `about ${formatDay(order.targetOn, today)}`,
    title: title.filter(Boolean).join(' · '),
    detail: `${window} · owed until it is kept, refused or closed`,
    run: () => void run(() => undefined),
  };
  const booked = {
    id: 'book',
    lead: 'and book it',
    title: 'order it and see the times of that window',
    run: () => void run(({ followUpId }) => go('/follow-ups', { id: followUpId, book: '1' })),
  };
  return {
    items: may('visits.book') ? [ordered, booked] : [ordered],
    fresh: true,
    does,
    whatChip: 'a follow-up',
  };
}
