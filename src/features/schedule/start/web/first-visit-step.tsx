import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DateField, PhoneField, TextField } from '../../../../ui/fields.tsx';
import { localDate } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { registerPatient } from '../../../patients/api.ts';
import { emptyPerson, RegisterForm } from '../../../patients/web/person-values.ts';
import type { SetupSummary } from '../../setup/schema.ts';
import { BookDialog } from '../../web/use-book-for.tsx';
import { changeStart } from '../api.ts';
import type { StepKey } from '../rules.ts';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { useStep } from './use-step.ts';

/** The end of it: a first person is registered, and the next time that fits is offered to be taken with Enter. */
export function FirstVisitStep({ setup, ...props }: StepProps & { setup: SetupSummary }) {
  const { timeZone } = useSession();
  const { go } = useAddress();
  const toast = useToast();
  const [patientId, setPatientId] = useState<string>();
  const { mutateAsync: register } = useWrite(registerPatient, { touches: ['patients'] });
  const { mutateAsync: change } = useWrite(changeStart, { touches: ['setup'] });
  const today = localDate(new Date(), timeZone);
  const form = useStep(
    { ...props, onNext: async () => undefined },
    {
      initial: emptyPerson,
      schema: RegisterForm,
      save: async (patient) => {
        const answer = await register({ body: { patient, notDuplicateOf: [] } });
        setPatientId(answer.patient.patientId);
      },
    },
  );
  const finish = async (date: string) => {
    await change({ body: { step: 'visit', finished: true } });
    go('/schedule', { date });
  };
  const missing = missingStep(setup);
  return (
    <>
      <StepFrame
        {...props}
        form={form}
        text="Register the next person who calls, and take the first time that fits. That is all it takes, every day."
        submitLabel="Register and find a time"
        aside={
          <Button look="quiet" onClick={() => void finish(today)}>
            Finish without a visit
          </Button>
        }
      >
        {missing && (
          <p className="start-known">
            {missing.text}{' '}
            <Button look="quiet" onClick={() => props.onGo(missing.step)}>
              Go there
            </Button>
          </p>
        )}
        <div className="start-row">
          <TextField form={form} path="familyName" label="Last name" required />
          <TextField form={form} path="givenName" label="First name" required />
          <DateField form={form} path="bornOn" label="Born" today={today} years="past" />
          <PhoneField form={form} path="phones.0.number" label="Phone" />
        </div>
      </StepFrame>
      {patientId && (
        <BookDialog
          patientId={patientId}
          title="The next times that fit"
          onClose={() => setPatientId(undefined)}
          onDone={(visit) => {
            toast.done('Your first visit is booked. Welcome to the schedule.');
            void finish(localDate(new Date(visit.startsAt), timeZone));
          }}
        />
      )}
    </>
  );
}

/** What a visit cannot be booked without. */
function missingStep(setup: SetupSummary): { step: StepKey; text: string } | null {
  if (setup.physicians.length === 0)
    return { step: 'physicians', text: 'Nobody sees patients yet: a visit needs someone.' };
  if (setup.visitTypes.length === 0)
    return { step: 'types', text: 'There are no visit types yet: a visit needs one.' };
  return null;
}
