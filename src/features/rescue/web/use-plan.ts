import { useCallback, useEffect, useRef, useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { CallFailed } from '../../../platform/web/call.ts';
import { useWrite } from '../../../platform/web/use-office.ts';
import { formatCount } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { commitRescue, findAnother, keepPlaces, letGo, planRescue, undoRescue } from '../api.ts';
import type { NewRescue, Proposal, RescuePlan, When } from '../schema.ts';
import { whens } from '../schema.ts';

const keepEveryMs = 4 * 60_000;

/** What the address asks for. */
export function useAsked() {
  const { search, go } = useAddress();
  const when: When = whens.find((one) => one === search.when) ?? 'today';
  const minutes = Number(search.minutes);
  const asked = {
    ...{ physicianId: search.physician ?? '', when, minutes: minutes >= 5 && minutes <= 240 ? minutes : 30 },
    ...(search.date ? { date: search.date } : {}),
    ...(search.to ? { toDate: search.to } : {}),
    ...(search.absence ? { absenceId: search.absence } : {}),
  };
  const ask = (more: Record<string, string | undefined>) =>
    go('/rescue', { physician: search.physician, ...more }, { replace: true });
  return { asked, ask, absenceId: search.absence };
}

type Collided = { collided?: { visitId: string; why: string }[]; missing?: string[] };
const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : 'This did not work. Please try again.';

/** Whose they are, by the list on the screen: the refusal names nobody. */
function collisionWords(error: CallFailed, plan: RescuePlan): string {
  const offers = (error.detail.offers ?? {}) as Collided;
  const nameOf = (id: string) => plan.people.find((one) => one.visitId === id)?.patientName;
  const names = (offers.collided ?? []).flatMap((one) => nameOf(one.visitId) ?? []);
  const missing = offers.missing?.length ?? 0;
  return [
    error.message,
    names.length > 0 ? `It was about ${names.slice(0, 5).join('; ')}.` : '',
    missing > 0 ? `${formatCount(missing, 'visit')} came in since.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The plan of this desk: made when it is asked, held while it is looked at, changed line by line. */
export function usePlan() {
  const { asked, ask, absenceId } = useAsked();
  const { mutateAsync: make } = useWrite(planRescue, { touches: ['holds'] });
  const { mutateAsync: keep } = useWrite(keepPlaces);
  const { mutateAsync: release } = useWrite(letGo, { touches: ['holds'] });
  const [plan, setPlan] = useState<RescuePlan>();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Proposal>>(new Map());
  const [failure, setFailure] = useState<string>();
  const key = JSON.stringify(asked);
  const round = useRef(0);
  const load = useCallback(async () => {
    const mine = ++round.current;
    try {
      const made = await make({ body: JSON.parse(key) });
      if (mine !== round.current) return;
      setPlan(made);
      setChosen(new Map(made.proposals.map((one) => [one.visitId, one])));
      setFailure(undefined);
    } catch (error) {
      if (mine === round.current) setFailure(messageOf(error));
    }
  }, [key, make]);
  useEffect(() => {
    setPlan(undefined);
    void load();
  }, [load]);
  useEffect(() => {
    const timer = setInterval(() => void keep({}).catch(() => undefined), keepEveryMs);
    return () => {
      clearInterval(timer);
      void release({}).catch(() => undefined);
    };
  }, [keep, release]);
  const choose = (proposal: Proposal) => setChosen((was) => new Map(was).set(proposal.visitId, proposal));
  return { asked, ask, absenceId, plan, chosen, choose, failure, load };
}

export type Planning = ReturnType<typeof usePlan>;

/** What a key does to one line. */
export function useLineActs({ plan, chosen, choose, asked }: Planning) {
  const toast = useToast();
  const { mutateAsync: another, isPending } = useWrite(findAnother, { touches: ['holds'] });
  const had = useRef(new Map<string, { startsAt: string; physicianId: string }[]>());
  const find = async (visitId: string, otherPhysician: boolean) => {
    const now = chosen.get(visitId);
    if (!plan || !now || isPending) return;
    const proposed = plan.proposals.find((one) => one.visitId === visitId);
    const at = now.startsAt && now.physicianId ? now : proposed;
    const seen = had.current.get(visitId) ?? [];
    const not =
      at?.startsAt && at.physicianId
        ? [...seen, { startsAt: at.startsAt, physicianId: at.physicianId }]
        : seen;
    const taken = [...chosen.values()].flatMap(({ startsAt, siteId, physicianId, resourceIds, ...one }) =>
      one.choice === 'move' && !one.holdId && startsAt && siteId && physicianId && one.visitId !== visitId
        ? { visitId: one.visitId, startsAt, siteId, physicianId, resourceIds }
        : [],
    );
    try {
      const { fromAt, toAt } = plan;
      const body = { ...asked, fromAt, toAt, visitId, otherPhysician, not: not.slice(-60), taken };
      const { proposal } = await another({
        body: { ...body, ...(at?.holdId ? { releases: at.holdId } : {}) },
      });
      had.current.set(visitId, not);
      if (proposal.choice === 'move') choose(proposal);
      else toast.refused('There is no other opening that fits. Leave it for a call (C), or cancel (X).');
    } catch (error) {
      toast.refused(messageOf(error));
    }
  };
  const set = (visitId: string, choice: 'call' | 'cancel', text: string) => {
    const now = chosen.get(visitId);
    if (now) choose({ ...now, choice, text });
  };
  return {
    busy: isPending,
    next: (id: string) => find(id, false),
    otherPhysician: (id: string) => find(id, true),
    call: (id: string) => set(id, 'call', 'stays as it is: call them'),
    cancel: (id: string) => set(id, 'cancel', 'the time is given up'),
    back: (id: string) => {
      const proposed = plan?.proposals.find((one) => one.visitId === id);
      if (proposed) choose(proposed);
    },
  };
}

function bodyOf(plan: RescuePlan, chosen: ReadonlyMap<string, Proposal>): NewRescue {
  return {
    ...{ physicianId: plan.physicianId, kind: plan.kind, fromAt: plan.fromAt, toAt: plan.toAt, reason: '' },
    ...(plan.absenceId ? { absenceId: plan.absenceId } : {}),
    lines: plan.people.flatMap(({ visitId, version }) => {
      const one = chosen.get(visitId);
      if (!one) return [];
      if (one.choice !== 'move')
        return { visitId, version, choice: one.choice, resourceIds: [], holdId: null };
      return {
        ...{ visitId, version, choice: one.choice, resourceIds: one.resourceIds, holdId: one.holdId },
        ...{ startsAt: one.startsAt ?? undefined, siteId: one.siteId ?? undefined },
        physicianId: one.physicianId ?? undefined,
      };
    }),
  };
}

/** All of it at once, and the way back. */
export function useCommit({ plan, chosen, load }: Planning) {
  const toast = useToast();
  const { go } = useAddress();
  const touches = ['rescues', 'visits', 'setup', 'holds'];
  const { mutateAsync: commit, isPending } = useWrite(commitRescue, { touches });
  const { mutateAsync: undo } = useWrite(undoRescue, { touches });
  const [collision, setCollision] = useState<string>();
  const run = async () => {
    if (!plan || plan.people.length === 0 || isPending) return;
    try {
      const { rescue } = await commit({ body: bodyOf(plan, chosen) });
      const { rescueId, version, counts } = rescue;
      go('/rescue', { id: rescueId });
      toast.done(`Done for ${formatCount(counts.all, 'visit')}. Tell them now.`, {
        undo: () => undo({ params: { id: rescueId }, body: { version } }),
        undoneMessage: 'Everything is where it was.',
      });
    } catch (error) {
      if (error instanceof CallFailed && error.status === 409) {
        setCollision(collisionWords(error, plan));
        await load();
      } else toast.refused(messageOf(error));
    }
  };
  return { run, busy: isPending, collision };
}
