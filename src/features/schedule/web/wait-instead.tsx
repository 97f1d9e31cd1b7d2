import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';

type Props = {
  person?: { patientId: string; name: string };
  visitTypeId: string;
  physicianId: string;
  onClose: () => void;
};

/** Nothing suits: the waitlist instead, with what was chosen so far. */
export function WaitInstead({ person, visitTypeId, physicianId, onClose }: Props) {
  const { putOnWaitlist } = useSlots();
  const wait = () => {
    onClose();
    putOnWaitlist?.({ ...person, visitTypeId, physicianIds: physicianId ? [physicianId] : [] });
  };
  useKeys(
    { 'alt+w': { label: 'the waitlist instead', inFields: true, run: wait } },
    { scope: 'dialog', enabled: putOnWaitlist !== undefined },
  );
  if (!putOnWaitlist) return null;
  return (
    <Button look="quiet" onClick={wait}>
      Waitlist <Kbd keys="alt+w" />
    </Button>
  );
}
