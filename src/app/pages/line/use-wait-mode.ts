import { startingType } from '../../../features/schedule/web/use-setup.ts';
import { joinWaitlist, withdrawEntry } from '../../../features/waitlist/api.ts';
import { wishWords } from '../../../features/waitlist/rules.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { useToast } from '../../../ui/toast.tsx';
import { wishOf } from './line-rules.ts';
import { type LineView, nothingYet } from './line-view.ts';
import type { ModeInput } from './use-visit-modes.ts';

/** `smith jo wait fu lee mornings`: on the waitlist with these wishes; more of them in the dialog. */
export function useWaitMode({ active, parsed, who, setup, close }: ModeInput): LineView {
  const { putOnWaitlist } = useSlots();
  const toast = useToast();
  const person = usePerson();
  const join = useWrite(joinWaitlist, { touches: ['waitlist'] });
  const remove = useWrite(withdrawEntry, { touches: ['waitlist'] });
  if (!active) return nothingYet;
  if (!who)
    return { ...nothingYet, does: 'put on the waitlist', head: 'Who waits? Type a scrap of the name.' };
  const visitTypeId = parsed.visitTypeId ?? startingType(setup, parsed.physicianIds?.[0]);
  const type = setup.visitTypes.find((one) => one.visitTypeId === visitTypeId);
  const { physicianIds, siteId, weekdays, times, from, to, aroundDate } = wishOf(parsed, visitTypeId);
  const wish = {
    ...{ patientId: who.patientId, visitTypeId, physicianIds, weekdays, times },
    siteIds: siteId ? [siteId] : [],
    ...(from || aroundDate ? { earliestOn: from ?? aroundDate } : {}),
    ...(to ? { latestOn: to } : {}),
  };
  const names = {
    physicians: new Map(setup.physicians.map((one) => [one.resourceId, one.name])),
    sites: new Map(setup.sites.map((one) => [one.siteId, one.name])),
  };
  const words = wishWords({ earliestOn: null, latestOn: null, ...wish, noticeHours: 2 }, names);
  const put = async () => {
    try {
      const { entry } = await join.mutateAsync({ body: wish });
      const body = { version: entry.version, reason: 'taken back at once' };
      const undo = () => remove.mutateAsync({ params: { id: entry.entryId }, body });
      toast.done(`On the waitlist for ${entry.visitTypeName}: ${entry.patientName}`, { undo });
      person.show(who.patientId);
      close();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const more = () => {
    close();
    putOnWaitlist?.({ ...wish, name: who.name });
  };
  const title = type?.name ?? 'Visit';
  return {
    items: [
      {
        id: 'now',
        lead: 'Waitlist',
        title: `${title} · ${words}`,
        run: () => void (join.isPending || put()),
      },
      {
        id: 'more',
        lead: 'More …',
        title: 'notice, priority, until when, an earlier time than booked',
        run: more,
      },
    ],
    fresh: true,
    does: 'put on the waitlist',
  };
}
