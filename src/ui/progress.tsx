export type ProgressProps = { done: number; total: number; label: string };

/** A bar with its count, for anything that takes over two seconds. */
export function Progress({ done, total, label }: ProgressProps) {
  const percent = total === 0 ? 0 : Math.min(100, Math.round((done / total) * 100));
  return (
    <div className="ui-progress">
      <div className="ui-progress-words">
        <span>{label}</span>
        <span>
          {done.toLocaleString('en-US')} of {total.toLocaleString('en-US')}
        </span>
      </div>
      <div
        className="ui-progress-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
