import type { ReactNode } from 'react';

/** The four status tones. A tone never stands alone: it always comes with a sign and a word. */
export type Tone = 'calm' | 'good' | 'wait' | 'wrong';

/** The sign of a tone where the caller names no better one. */
export const toneSign: Record<Tone, string> = { calm: '◇', good: '✓', wait: '◔', wrong: '!' };

export type TagProps = { tone?: Tone; sign?: string; title?: string; children: ReactNode };

export function Tag({ tone, sign, title, children }: TagProps) {
  const shownSign = sign ?? (tone ? toneSign[tone] : undefined);
  return (
    <span className={tone ? `ui-tag ${tone}` : 'ui-tag'} title={title}>
      {shownSign !== undefined && <span aria-hidden="true">{shownSign}</span>}
      {children}
    </span>
  );
}
