/** Quiet blocks where the visits will stand. */
export function GridSkeleton({ columns = 6 }: { columns?: number }) {
  return (
    <div className="sc-skeleton" role="status" aria-label="The schedule is on its way">
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity
        <div key={column}>
          {Array.from({ length: 7 }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity
            <i key={row} style={{ height: 34 + ((column * 5 + row * 7) % 4) * 22 }} />
          ))}
        </div>
      ))}
    </div>
  );
}
