import '../../web/patients.css';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { formatDate } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { openPhoto, removePhoto } from '../api.ts';
import { PhotoDialog } from './photo-dialog.tsx';

const usualReasons = ['The patient asked for it', 'Wrong person', 'A better one comes'];

function usePhoto(patientId: string, enabled = true) {
  const { data, isPlaceholderData } = useRead(
    openPhoto,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId], enabled },
  );
  return isPlaceholderData ? undefined : data?.photo;
}

/** The face beside the name, where there is a picture. */
export function Face({
  patientId,
  photoId,
  name,
  small = false,
}: {
  patientId: string;
  photoId: string | null;
  name: string;
  small?: boolean;
}) {
  const photo = usePhoto(patientId, photoId !== null);
  if (!photo || photoId === null) return null;
  return (
    <img
      className={small ? 'pt-face small' : 'pt-face'}
      src={`data:${photo.mime};base64,${photo.data}`}
      alt={name}
    />
  );
}

/** The picture of a person: taken, replaced, removed when they ask. */
export function PhotoSection({ patientId, mayChange }: { patientId: string; mayChange: boolean }) {
  const [taking, setTaking] = useState(false);
  const photo = usePhoto(patientId);
  const ask = useConfirm();
  const toast = useToast();
  const remove = useWrite(removePhoto, { touches: ['patients'] });
  if (!mayChange && !photo) return null;
  const takeAway = async (photoId: string) => {
    const answer = await ask({
      title: 'Remove the picture?',
      text: 'It is erased; that there was one stays on record.',
      confirmLabel: 'Remove',
      danger: true,
      reason: { label: 'Why', required: true, usual: usualReasons },
      run: (reason) => remove.mutateAsync({ params: { id: patientId }, body: { photoId, reason } }),
    });
    if (answer) toast.done('Removed.');
  };
  return (
    <section className="pt-section" aria-label="Picture">
      <h2>
        Picture
        {mayChange && (
          <span>
            <Button look="quiet" icon={photo ? 'edit' : 'plus'} onClick={() => setTaking(true)}>
              {photo ? 'Replace' : 'Add picture'}
            </Button>
            {photo && (
              <Button look="quiet" icon="trash" onClick={() => void takeAway(photo.photoId)}>
                Remove
              </Button>
            )}
          </span>
        )}
      </h2>
      {photo === null && <p className="ui-dim">None.</p>}
      {photo && (
        <p className="pt-photo">
          <img className="pt-face" src={`data:${photo.mime};base64,${photo.data}`} alt="The patient" />
          <small className="ui-dim">
            {formatDate(photo.at.slice(0, 10))}
            {photo.byName && `, ${photo.byName}`}
          </small>
        </p>
      )}
      {taking && <PhotoDialog patientId={patientId} onClose={() => setTaking(false)} />}
    </section>
  );
}
