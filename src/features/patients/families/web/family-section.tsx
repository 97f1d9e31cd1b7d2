import '../../web/patients.css';
import { useAddress } from '../../../../platform/web/address.ts';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDate, formatPhone } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import type { PatientRecord } from '../../api.ts';
import { openFamily, reviewAdult } from '../api.ts';
import { adultAge, needsGuarantor } from '../rules.ts';

type Props = { patient: PatientRecord; mayChange: boolean; onEdit: () => void };

/** Who pays, and everyone whom the same guarantor pays for, each opened from the others. */
export function FamilySection({ patient, mayChange, onEdit }: Props) {
  const { data, error, refetch, isPlaceholderData } = useRead(
    openFamily,
    { params: { id: patient.patientId } },
    { topics: ['patients'] },
  );
  const family = isPlaceholderData ? undefined : data;
  return (
    <section className="pt-section" aria-label="Who pays">
      <h2>
        Who pays
        {mayChange && (
          <Button look="quiet" icon="edit" aria-label="Edit who pays" onClick={onEdit}>
            Edit
          </Button>
        )}
      </h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !family && <Skeleton rows={2} />}
      {needsGuarantor(patient.age, patient.guarantor) && (
        <p>
          <Tag tone="wait">a minor: name who pays</Tag>
        </p>
      )}
      {family && <Payer patient={patient} family={family} />}
      {mayChange && patient.age === adultAge && patient.guarantor && <Review patientId={patient.patientId} />}
      {family && family.members.length > 1 && (
        <Members patientId={patient.patientId} members={family.members} />
      )}
    </section>
  );
}

type Family = NonNullable<ReturnType<typeof useRead<typeof openFamily>>['data']>;

function Payer({ patient, family }: { patient: PatientRecord; family: Family }) {
  const { guarantor } = family;
  if (guarantor.patientId === patient.patientId) return <p>The patient.</p>;
  const facts = [
    patient.guarantor?.relationship,
    guarantor.phone && formatPhone(guarantor.phone),
    guarantor.bornOn && `born ${formatDate(guarantor.bornOn)}`,
    guarantor.address,
  ];
  return (
    <p>
      <b>{guarantor.name}</b> <span className="ui-dim">{facts.filter(Boolean).join(' · ')}</span>
    </p>
  );
}

function Members({ patientId, members }: { patientId: string; members: Family['members'] }) {
  const { go } = useAddress();
  return (
    <ul className="pt-family" aria-label="The family account">
      {members.map((one) => (
        <li key={one.patientId}>
          {one.patientId === patientId ? (
            <span>{one.callName}</span>
          ) : (
            <Button look="quiet" icon="person" onClick={() => go(`/patients/${one.patientId}`)}>
              {one.callName}
            </Button>
          )}{' '}
          <small className="ui-dim">
            {[one.age === null ? '' : `${one.age}`, one.pays ? 'pays' : ''].filter(Boolean).join(' · ')}
          </small>
        </li>
      ))}
    </ul>
  );
}

function Review({ patientId }: { patientId: string }) {
  const toast = useToast();
  const write = useWrite(reviewAdult, { touches: ['patients'] });
  const review = () =>
    write.mutate(
      { params: { id: patientId }, body: {} },
      { onSuccess: () => toast.done('Noted.'), onError: (error) => toast.refused(error.message) },
    );
  return (
    <Button look="quiet" icon="check" onClick={review}>
      Asked at 18: all is right
    </Button>
  );
}
