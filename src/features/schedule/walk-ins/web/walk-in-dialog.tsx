import { useRef, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useReturnFocus } from '../../../../ui/use-return-focus.ts';
import { PatientPicker } from '../../../patients/web/patient-search.tsx';
import { does } from '../../web/board.ts';
import { PickInput } from '../../web/pick-input.tsx';
import { focusVisit } from '../../web/use-board.ts';
import { startingType, useSetup } from '../../web/use-setup.ts';
import { WayOnDialog } from '../../web/way-on-dialog.tsx';
import { useWalkIn } from './use-walk-in.ts';

type Person = { patientId: string; name: string };

/** Someone is at the window without a visit: who, and Enter puts them where it is free soonest. */
export function WalkInDialog({ siteId, onClose }: { siteId?: string | undefined; onClose: () => void }) {
  useReturnFocus();
  const { setup, types } = useSetup();
  const [person, setPerson] = useState<Person>();
  const [typeId, setTypeId] = useState('');
  const [physicianId, setPhysicianId] = useState('');
  const walkIn = useWalkIn((visit) => {
    onClose();
    focusVisit(visit.visitId);
  });
  const fields = useRef<HTMLDivElement>(null);
  const visitTypeId = typeId || startingType(setup);
  const type = setup.visitTypes.find((one) => one.visitTypeId === visitTypeId);
  const physicians = setup.physicians
    .filter((one) => !type || does(type, one.resourceId))
    .map((one) => ({ id: one.resourceId, label: one.name }));
  const send = (overrideReason?: string) => {
    if (!person) return;
    walkIn.register({
      ...{ patientId: person.patientId, visitTypeId },
      ...(siteId ? { siteId } : {}),
      ...(physicianId ? { physicianId } : {}),
      ...(overrideReason ? { overrideReason } : {}),
    });
  };
  if (walkIn.way) {
    return (
      <WayOnDialog
        way={{ ...walkIn.way, openings: [] }}
        busy={walkIn.busy}
        onClose={walkIn.letWayGo}
        onOpening={() => undefined}
        onOverride={send}
      />
    );
  }
  const pick = (found: Person) => {
    setPerson(found);
    // The next Enter registers
    setTimeout(() => fields.current?.closest('form')?.querySelector<HTMLElement>('[type=submit]')?.focus());
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Walk-in: here now, without a visit"
      onSubmit={() => send()}
      submitLabel="Register as arrived"
      busy={walkIn.busy}
      submitDisabledReason={person ? undefined : 'Choose the person first.'}
    >
      <div className="sc-fields" ref={fields}>
        {walkIn.error && (
          <p role="alert" className="ui-form-error sc-wide">
            {walkIn.error}
          </p>
        )}
        <div className="sc-wide">
          {person ? (
            <div className="sc-chosen">
              <b>{person.name}</b>
              <Button look="quiet" onClick={() => setPerson(undefined)}>
                Someone else
              </Button>
            </div>
          ) : (
            <PatientPicker
              label="Person"
              autoFocus
              onPick={(hit) => pick({ patientId: hit.patientId, name: hit.fileName })}
            />
          )}
        </div>
        <PickInput label="Visit type" options={types} value={visitTypeId} onPick={setTypeId} />
        <PickInput
          label="Physician"
          options={[{ id: '', label: 'next available' }, ...physicians]}
          value={physicianId}
          onPick={setPhysicianId}
        />
      </div>
    </Dialog>
  );
}
