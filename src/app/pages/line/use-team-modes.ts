import { isHere } from '../../../features/team/here/rules.ts';
import { readTeamLine } from '../../../features/team/line/rules.ts';
import { whenText } from '../../../features/team/web/away-list.tsx';
import { useTeam } from '../../../features/team/web/use-team.ts';
import { roleKeys } from '../../../platform/contributions.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { localDate } from '../../../ui/format.ts';
import { findOwners, isRoleWord } from './line-rules.ts';
import { type LineItem, type LineView, nothingYet } from './line-view.ts';

type Input = { active: boolean; text: string; close: () => void };

/** `hand off to ana`, `hand off to nurses`: the draft of a hand-off, to them. */
export function useHandoffMode({ active, text, close }: Input): LineView {
  const { staffId } = useSession();
  const { go } = useAddress();
  const { data } = useTeam(active);
  const nowMs = data ? Date.parse(data.now) : Date.now();
  if (!active) return nothingYet;
  const word = readTeamLine(text)?.word ?? '';
  const open = (to: string) => () => {
    go('/team/hand-off', to ? { to } : {});
    close();
  };
  const others = (data?.members ?? []).filter((one) => one.signsIn && one.staffId !== staffId);
  const people = word ? findOwners(word, others) : others;
  const roles = roleKeys.filter((role) => role !== 'auditor' && word !== '' && isRoleWord(role, word));
  const items: LineItem[] = [
    ...people.slice(0, 6).map((one) => ({
      id: one.staffId,
      lead: one.displayName,
      title: isHere(one, nowMs) ? 'at a desk now' : 'not at a desk now',
      run: open(`staff:${one.staffId}`),
    })),
    ...roles.map((role) => ({
      id: role,
      lead: `Any ${role}`,
      title: 'whoever acknowledges it first',
      run: open(`role:${role}`),
    })),
  ];
  const nobody = data && items.length === 0 && `Nobody here is called “${word}”.`;
  return {
    items,
    fresh: data !== undefined,
    does: 'draft the hand-off',
    ...(nobody ? { head: nobody } : {}),
  };
}

/** `who covers ana`: whether they are away, until when, and who does their duties. */
export function useCoversMode({ active, text, close }: Input): LineView {
  const { timeZone } = useSession();
  const { go } = useAddress();
  const { data } = useTeam(active);
  if (!active || !data) return { ...nothingYet, fresh: !active };
  const nowMs = Date.parse(data.now);
  const today = localDate(nowMs, timeZone);
  const word = readTeamLine(text)?.word ?? '';
  const away = data.absences.filter(
    (one) => Date.parse(one.startsAt) <= nowMs && nowMs < Date.parse(one.endsAt),
  );
  const asked = word
    ? findOwners(word, data.members)
    : data.members.filter((one) => away.some((other) => other.staffId === one.staffId));
  const items = asked.slice(0, 9).map((one): LineItem => {
    const absence = away.find((other) => other.staffId === one.staffId);
    const covers = absence?.covers
      .filter((cover) => cover.state === 'accepted')
      .map((cover) => cover.staffName);
    const who =
      covers && covers.length > 0
        ? `${covers.join(', ')} covers`
        : 'nobody covers: their role, else the manager';
    return {
      id: one.staffId,
      lead: one.displayName,
      title: absence ? `away ${whenText(absence, timeZone, today)}` : 'is here',
      detail: absence ? who : 'does their own duties',
      run: () => {
        go('/team');
        close();
      },
    };
  });
  const head =
    items.length === 0 ? (word ? `Nobody here is called “${word}”.` : 'Nobody is away now.') : undefined;
  return { items, fresh: true, does: 'open the team', ...(head ? { head } : {}) };
}
