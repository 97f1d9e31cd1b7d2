import { type ReactNode, useState } from 'react';
import { useMaySession } from '../../../platform/web/session.tsx';
import { localDate } from '../../../ui/format.ts';
import type { Visit } from '../visits/schema.ts';
import { FindTime, type FindTimeProps, type Movable } from './find-time.tsx';

export type BookDialogProps = Pick<
  FindTimeProps,
  'patientId' | 'move' | 'wish' | 'title' | 'onDone' | 'onClose'
>;

/** Book (or move) for someone from anywhere: the next times that fit, Enter takes the first. */
export function BookDialog(props: BookDialogProps) {
  const session = useMaySession();
  return <FindTime {...props} today={localDate(new Date(), session?.timeZone ?? 'America/New_York')} />;
}

/**
 * Booking for a person from a card, a page or the line: `const booking = useBookFor(patientId)`, a button that calls
 * `booking.book()`, and `{booking.dialog}` beside it.
 */
export function useBookFor(patientId: string | undefined, onDone?: (visit: Visit) => void) {
  const [opened, setOpened] = useState<{ move?: Movable; wish?: FindTimeProps['wish'] }>();
  const close = () => setOpened(undefined);
  const dialog: ReactNode = opened && (
    <BookDialog
      {...(opened.move ? { move: opened.move } : { patientId })}
      wish={opened.wish}
      onClose={close}
      onDone={onDone}
    />
  );
  return {
    book: (wish?: FindTimeProps['wish']) => setOpened({ wish }),
    move: (visit: Movable) => setOpened({ move: visit }),
    dialog,
  };
}
