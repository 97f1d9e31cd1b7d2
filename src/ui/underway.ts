/** What this desk has begun and not yet told about. Undo waits for it: a hand is quicker than the office. */
const works = new Set<Promise<unknown>>();

export function underway<T>(work: Promise<T>): Promise<T> {
  const end = () => void works.delete(work);
  works.add(work);
  work.then(end, end);
  return work;
}

export function isUnderway(): boolean {
  return works.size > 0;
}

/**
 * Until everything begun has its answer, and what follows from it (a refresh, the note with its undo) is there.
 * @returns whether all of it went well
 */
export async function allTold(): Promise<boolean> {
  let good = true;
  while (works.size > 0) {
    const answers = await Promise.allSettled(works);
    good &&= answers.every(({ status }) => status === 'fulfilled');
    // What follows an answer begins in the same turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return good;
}
