import { useWalkIn } from '../../../features/schedule/walk-ins/web/use-walk-in.ts';
import { startingType } from '../../../features/schedule/web/use-setup.ts';
import { type LineView, nothingYet } from './line-view.ts';
import type { ModeInput } from './use-visit-modes.ts';

/** `smith jo walkin`: registered as arrived, with whom it goes soonest or with the one named. */
export function useWalkInMode({ active, parsed, who, setup, close }: ModeInput): LineView {
  const walkIn = useWalkIn(close);
  if (!active) return nothingYet;
  if (!who) return { ...nothingYet, does: 'register', head: 'Who is here? Type a scrap of the name.' };
  const visitTypeId = parsed.visitTypeId ?? startingType(setup, parsed.physicianIds?.[0]);
  const type = setup.visitTypes.find((one) => one.visitTypeId === visitTypeId);
  const named = setup.physicians.filter((one) => parsed.physicianIds?.includes(one.resourceId));
  const choices = [
    ...(named.length > 0 ? [] : [{ id: 'next', title: 'next available', physicianId: undefined }]),
    ...named.map((one) => ({ id: one.resourceId, title: one.name, physicianId: one.resourceId })),
  ];
  const items = choices.map(({ id, title, physicianId }) => ({
    ...{ id, lead: 'Walk-in now', title: `${type?.name ?? 'Visit'} · ${title}` },
    detail: 'registered as arrived',
    run: () => {
      if (walkIn.busy) return;
      walkIn.register({
        ...{ patientId: who.patientId, visitTypeId, reason: parsed.rest },
        ...(physicianId ? { physicianId } : {}),
        ...(parsed.siteId ? { siteId: parsed.siteId } : {}),
      });
    },
  }));
  const head = walkIn.way?.message ?? walkIn.error;
  return { items, fresh: true, does: 'register as arrived', ...(head ? { head } : {}) };
}
