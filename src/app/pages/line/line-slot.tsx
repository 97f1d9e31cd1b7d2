import { Icon } from '../../../ui/icon.tsx';
import { Kbd } from '../../../ui/kbd.tsx';

/** Looks like a field in every page's header; opens the line. */
export function LineSlot({ onOpen }: { onOpen: () => void }) {
  return (
    <button type="button" className="ui-line" aria-haspopup="dialog" onClick={onOpen}>
      <Icon name="search" size={16} />
      <span className="ln-slot-words">Who, what, when</span>
      <Kbd keys="mod+k" />
    </button>
  );
}
