import type { AbsenceKind } from './schema.ts';

export const absenceWords: Record<AbsenceKind, string> = {
  vacation: 'Vacation',
  sick: 'Sick',
  training: 'Training',
  other: 'Away',
};

export type Stretch = { staffId: string; startsMs: number; endsMs: number };
/** An absence with whom it names as covers, also those who have not answered yet. */
export type Covered = Stretch & { covers: readonly { staffId: string; duties: string }[] };

const overlap = (a: Stretch, b: Stretch) => ({
  startsMs: Math.max(a.startsMs, b.startsMs),
  endsMs: Math.min(a.endsMs, b.endsMs),
});

/** Whether one of them may be asked for what the other is asked for. */
const meets = (one: string, other: string) =>
  one === '' || other === '' || one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);

/**
 * Whether covering goes round in a ring: A covers B, B covers A, at one time and for the same duties. Then nobody does
 * them.
 * @param others every other absence that is known
 * @returns the ring as staff ids, the first one's own at both ends; null when there is none
 */
export function findRing(absence: Covered, others: readonly Covered[]): string[] | null {
  const walk = (at: Covered, path: string[], duties: string): string[] | null => {
    for (const cover of at.covers) {
      if (!meets(cover.duties, duties)) continue;
      const narrowed = cover.duties.length > duties.length ? cover.duties : duties;
      if (cover.staffId === absence.staffId) return [...path, cover.staffId];
      if (path.includes(cover.staffId)) continue;
      for (const next of others) {
        if (next.staffId !== cover.staffId) continue;
        const both = overlap(at, next);
        if (both.startsMs >= both.endsMs) continue;
        const found = walk({ ...next, ...both }, [...path, cover.staffId], narrowed);
        if (found) return found;
      }
    }
    return null;
  };
  return walk(absence, [absence.staffId], '');
}

/** Which of the covers is away at some time of it, without being covered then: it falls to their role. */
export function gapsOf(absence: Covered, others: readonly Covered[]): string[] {
  return absence.covers
    .filter((cover) =>
      others.some((other) => {
        const both = overlap(absence, other);
        return other.staffId === cover.staffId && both.startsMs < both.endsMs && other.covers.length === 0;
      }),
    )
    .map((cover) => cover.staffId);
}

/** `visit.waits-long` → "Visit: waits long"; '' → "Everything" */
export function dutiesWords(duties: string): string {
  if (duties === '') return 'Everything';
  const [group = '', rest] = duties.split('.');
  const words = (text: string) => text.replaceAll('-', ' ');
  const first = words(group);
  const capital = first.charAt(0).toUpperCase() + first.slice(1);
  return rest ? `${capital}: ${words(rest)}` : `${capital}s`;
}
