export type SkeletonProps = { rows?: number; height?: number; label?: string };

/** Quiet bars where the rows will be. The width varies so that it reads as text, not as a block. */
export function Skeleton({ rows = 6, height, label = 'Loading' }: SkeletonProps) {
  return (
    <div className="ui-skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <i key={row} style={height ? { height } : undefined} data-width={row % 4} />
      ))}
    </div>
  );
}
