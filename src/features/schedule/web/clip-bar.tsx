import { Button } from '../../../ui/button.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { takeClip, useClip } from './clipboard.ts';
import { minutesOfVisit } from './visit-words.ts';

/** What was copied, on every day until it is let go: it can be pasted more than once. */
export function ClipBar() {
  const clip = useClip();
  if (!clip) return null;
  const what = clip.kind === 'visit' ? clip.visit.patient : clip.block.reason;
  return (
    <div className="sc-moving" role="status">
      <Icon name="document" size={16} />
      <span>
        {clip.kind === 'block' && clip.cut ? 'Cut' : 'Copied'} <b>{what}</b>
        {clip.kind === 'visit' && ` (${formatDuration(minutesOfVisit(clip.visit))})`}.{' '}
        <Kbd keys="ctrl+arrowdown" /> to a free time on any day, then <Kbd keys="ctrl+v" />{' '}
        {clip.kind === 'visit' ? 'books the same again.' : clip.cut ? 'puts it there.' : 'blocks it too.'}
      </span>
      <Button look="quiet" onClick={() => takeClip(undefined)}>
        Let go <Kbd keys="escape" />
      </Button>
    </div>
  );
}
