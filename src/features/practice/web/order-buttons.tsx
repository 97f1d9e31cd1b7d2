import { Button } from '../../../ui/button.tsx';

/** Up and down in a list whose order is the office's. */
export function OrderButtons({
  ids,
  id,
  name,
  onOrder,
}: {
  ids: readonly string[];
  id: string;
  name: string;
  onOrder: (ids: string[]) => void;
}) {
  const at = ids.indexOf(id);
  const moved = (by: number) => {
    const next = ids.filter((one) => one !== id);
    next.splice(at + by, 0, id);
    onOrder(next);
  };
  return (
    <span className="set-buttons">
      <Button
        look="quiet"
        icon="chevron-up"
        aria-label={`Move ${name} up`}
        disabledReason={at <= 0 && 'This is the first.'}
        onClick={() => moved(-1)}
      />
      <Button
        look="quiet"
        icon="chevron-down"
        aria-label={`Move ${name} down`}
        disabledReason={at === ids.length - 1 && 'This is the last.'}
        onClick={() => moved(1)}
      />
    </span>
  );
}
