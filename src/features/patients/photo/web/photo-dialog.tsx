import { type RefObject, useEffect, useRef, useState } from 'react';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { setPhoto } from '../api.ts';

type Taken = { data: string; source: 'camera' | 'file' };
const side = 480;

/** The middle square, drawn anew: what the file told beside the picture (place, time, device) stays behind. */
function drawSquare(source: CanvasImageSource, width: number, height: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const from = Math.min(width, height);
  canvas
    .getContext('2d')
    ?.drawImage(source, (width - from) / 2, (height - from) / 2, from, from, 0, 0, side, side);
  return canvas.toDataURL('image/jpeg', 0.85).replace(/^data:[^,]*,/, '');
}

/** The camera while it is on; it goes off with the dialog. */
function useCamera(on: boolean): { video: RefObject<HTMLVideoElement | null>; error: string | undefined } {
  const video = useRef<HTMLVideoElement>(null);
  const [error, setError] = useState<string>();
  useEffect(() => {
    if (!on) return;
    let stream: MediaStream | undefined;
    let gone = false;
    const wanted = navigator.mediaDevices?.getUserMedia({ video: { facingMode: 'user' } });
    if (!wanted) setError('This computer has no camera that the browser may use. Choose a file.');
    wanted?.then(
      (got) => {
        stream = got;
        if (gone || !video.current) for (const track of got.getTracks()) track.stop();
        else {
          video.current.srcObject = got;
          void video.current.play();
        }
      },
      () => setError('The browser may not use the camera. Allow it beside the address, or choose a file.'),
    );
    return () => {
      gone = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [on]);
  return { video, error };
}

/** Take a picture, or choose a file; look at it, then keep it. */
export function PhotoDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const toast = useToast();
  const write = useWrite(setPhoto, { touches: ['patients'] });
  const [taken, setTaken] = useState<Taken>();
  const [camera, setCamera] = useState(false);
  const [fault, setFault] = useState<string>();
  const { video, error } = useCamera(camera && !taken);
  const file = useRef<HTMLInputElement>(null);
  const snap = () => {
    const from = video.current;
    if (from?.videoWidth)
      setTaken({ data: drawSquare(from, from.videoWidth, from.videoHeight), source: 'camera' });
  };
  const choose = async (chosen: File | undefined) => {
    setFault(undefined);
    if (!chosen) return;
    try {
      const image = await createImageBitmap(chosen);
      setTaken({ data: drawSquare(image, image.width, image.height), source: 'file' });
    } catch {
      setFault('This is no picture that the browser can read. Choose a JPEG, PNG or WebP file.');
    }
  };
  const keep = () => {
    if (!taken) return;
    write.mutate(
      { params: { id: patientId }, body: taken },
      {
        onSuccess: () => {
          toast.done('Kept.');
          onClose();
        },
        onError: (refused) => setFault(refused.message),
      },
    );
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Picture"
      onSubmit={keep}
      submitLabel="Keep"
      busy={write.isPending}
      submitDisabledReason={!taken && 'Take or choose a picture first.'}
    >
      {(fault ?? error) && (
        <p role="alert" className="ui-form-error">
          {fault ?? error}
        </p>
      )}
      <p className="ui-dim">Ask first: a picture is only kept when the patient agrees.</p>
      <div className="pt-taking">
        {taken ? (
          <img className="pt-shot" src={`data:image/jpeg;base64,${taken.data}`} alt="As it will be kept" />
        ) : (
          camera && <video ref={video} className="pt-shot" muted playsInline aria-label="The camera" />
        )}
      </div>
      <p className="pt-line-actions">
        {camera && !taken && <Button onClick={snap}>Take it</Button>}
        {taken && <Button onClick={() => setTaken(undefined)}>Again</Button>}
        {!camera && !taken && (
          <Button data-autofocus onClick={() => setCamera(true)}>
            Use the camera
          </Button>
        )}
        <Button onClick={() => file.current?.click()}>Choose a file</Button>
        <input
          ref={file}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/webp"
          aria-label="Picture file"
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </p>
    </Dialog>
  );
}
