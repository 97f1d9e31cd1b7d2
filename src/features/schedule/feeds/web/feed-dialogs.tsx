import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useToast } from '../../../../ui/toast.tsx';

/** The whole address of a feed, where this browser reaches the office. */
export const addressOfFeed = (path: string) => new URL(path, window.location.origin).href;

/** An address that is shown this once. */
export function FeedAddressDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const toast = useToast();
  const address = addressOfFeed(path);
  const copy = () =>
    navigator.clipboard
      .writeText(address)
      .then(() => toast.done('Copied.'))
      .catch(() => toast.refused('Your browser did not allow copying. Mark the address and press Ctrl C.'));
  return (
    <Dialog
      opened
      title="The calendar’s address"
      onClose={onClose}
      onSubmit={onClose}
      submitLabel="I have put it into the calendar"
      cancelLabel="Close"
      aside={<Button onClick={() => void copy()}>Copy</Button>}
    >
      <p>
        In the calendar program choose “subscribe by address” (in some “from URL”) and paste it. It is shown
        once; who has it can read the visits, so give it to nobody else.
      </p>
      <code className="set-password">{address}</code>
    </Dialog>
  );
}
