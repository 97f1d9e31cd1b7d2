import { useEffect, useState } from 'react';
import { WaitingCalls } from '../../../features/calls/web/patient-calls.tsx';
import { OpenFollowUps } from '../../../features/follow-ups/web/patient-follow-ups.tsx';
import { openPatientCard } from '../../../features/patients/api.ts';
import { PersonCard } from '../../../features/patients/web/person-card.tsx';
import { PatientVisits } from '../../../features/schedule/web/patient-visits.tsx';
import { Promised } from '../../../features/tasks/web/promised.tsx';
import { TaskDialog } from '../../../features/tasks/web/task-dialog.tsx';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';

const phone = '(max-width: 799px)';

/** Open beside the page; on a phone, where it covers half the page, folded until asked for. */
export function useSideOpen(patientId: string | undefined): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => !window.matchMedia(phone).matches);
  useEffect(() => {
    if (patientId && window.matchMedia(phone).matches) setOpen(false);
  }, [patientId]);
  return [open, setOpen];
}

/** The name on the folded card. */
export function PersonSideTitle({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const { data, isPlaceholderData } = useRead(
    openPatientCard,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId], enabled: may('patients.open') },
  );
  return <>{data && !isPlaceholderData ? data.card.callName : 'Person in view'}</>;
}

/** The person whom someone is dealing with: who they are, their visits, what was promised, what to do. */
export function PersonSide({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const person = usePerson();
  const { path, go } = useAddress();
  const [makesTask, setMakesTask] = useState(false);
  const record = `/patients/${patientId}`;
  return (
    <>
      <PersonCard
        key={patientId}
        patientId={patientId}
        onLetGo={person.letGo}
        {...(path === record ? {} : { onOpen: () => go(record) })}
        actions={
          <>
            {path !== record && <Button onClick={() => go(record)}>Open</Button>}
            {may('tasks.make') && <Button onClick={() => setMakesTask(true)}>Task</Button>}
          </>
        }
      >
        <PatientVisits patientId={patientId} />
        <OpenFollowUps patientId={patientId} />
        <WaitingCalls patientId={patientId} />
        <Promised patientId={patientId} />
      </PersonCard>
      {makesTask && <TaskDialog patientId={patientId} onClose={() => setMakesTask(false)} />}
    </>
  );
}
