import { Button } from '../../../../ui/button.tsx';
import { type CsvLine, saveCsv } from '../../../../ui/csv.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { compared, type Rate, shareOf } from '../rules.ts';

export function percent(rate: Rate): string {
  const share = shareOf(rate);
  return share === null ? '–' : `${(share * 100).toFixed(1)}%`;
}

/** A share as a bar with its number; `full` is the share that fills the bar. */
export function Share({ rate, full }: { rate: Rate; full: number }) {
  const share = shareOf(rate) ?? 0;
  return (
    <span className="rp-share">
      <i aria-hidden="true" style={{ width: `${full > 0 ? Math.min(1, share / full) * 100 : 0}%` }} />
      <span className="ui-num">{percent(rate)}</span>
    </span>
  );
}

/** Whether a share is other than usual, in a word. */
export function Compared({ rate, usual }: { rate: Rate; usual: Rate }) {
  const said = compared(rate, usual);
  if (said === 'usual') return null;
  return <Tag tone={said === 'higher' ? 'wait' : 'calm'}>{said}</Tag>;
}

export function SaveCsv({ name, lines }: { name: string; lines: () => CsvLine[] }) {
  return (
    <Button look="quiet" icon="document" onClick={() => saveCsv(name, lines())}>
      Save as CSV
    </Button>
  );
}
