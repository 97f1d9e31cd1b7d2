import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { readVisit } from '../../schedule/visits/api.ts';
import { makeVisitLink } from '../api.ts';

/** In the panel of a visit that is ahead: an address by which its patient confirms, moves or cancels it. */
export function VisitLinkButton({ visitId }: { visitId: string }) {
  const { may } = useSession();
  const toast = useToast();
  const { data } = useRead(readVisit, { params: { id: visitId } }, { topics: ['visits'] });
  const { mutateAsync: make, isPending } = useWrite(makeVisitLink, { touches: [] });
  const [made, setMade] = useState<{ url: string; expiresAt: string } | null>(null);
  const visit = data?.visit.visitId === visitId ? data.visit : undefined;
  const isAhead = visit?.state === 'booked' && Date.parse(visit.startsAt) > Date.now();
  if (!isAhead || !may('links.make')) return null;
  const give = () =>
    void make({ params: { id: visitId } }).then(setMade, (error: Error) => toast.refused(error.message));
  return (
    <>
      <Button busy={isPending} onClick={give}>
        Link for the patient
      </Button>
      {made && <LinkDialog {...made} onClose={() => setMade(null)} />}
    </>
  );
}

function LinkDialog({ url, expiresAt, onClose }: { url: string; expiresAt: string; onClose: () => void }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const copy = () =>
    navigator.clipboard
      .writeText(url)
      .then(() => toast.done('Copied.'))
      .catch(() => toast.refused('Your browser did not allow copying. Mark the link and press Ctrl C.'));
  return (
    <Dialog
      opened
      title="The patient’s link"
      onClose={onClose}
      onSubmit={onClose}
      submitLabel="Done"
      aside={<Button onClick={() => void copy()}>Copy</Button>}
    >
      <p>
        By it the patient confirms, moves or cancels this visit, after typing their birth date. It works until{' '}
        {formatDayTime(expiresAt, timeZone)}, is shown this once, and stops after five wrong birth dates. Send
        it only to where the patient told you to.
      </p>
      <code className="set-password">{url}</code>
    </Dialog>
  );
}
