import { useWrite } from '../../../../platform/web/use-office.ts';
import { TextField } from '../../../../ui/fields.tsx';
import { startPhysicians } from '../api.ts';
import { StartPhysicians } from '../schema.ts';
import { RemoveRow, RowButtons, StepFrame, type StepProps } from './step-frame.tsx';
import { useStep, without } from './use-step.ts';

const empty = { givenName: '', familyName: '', credentials: '', npi: '' };

export function PhysiciansStep({ known, ...props }: StepProps & { known: readonly string[] }) {
  const { mutateAsync } = useWrite(startPhysicians, { touches: ['practice', 'setup'] });
  const form = useStep(props, {
    initial: { people: [empty] },
    schema: StartPhysicians,
    save: (body) => mutateAsync({ body }),
  });
  const { people } = form.values;
  return (
    <StepFrame
      {...props}
      form={form}
      known={known}
      text="Everyone who has a column in the schedule: physicians, nurse practitioners, therapists. The NPI can wait; its check digit is tested."
    >
      {people.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name before they are typed
        <fieldset key={at} className="start-row">
          <legend>{`Physician ${at + 1}`}</legend>
          <TextField form={form} path={`people.${at}.givenName`} label="First name" required />
          <TextField form={form} path={`people.${at}.familyName`} label="Last name" required />
          <TextField form={form} path={`people.${at}.credentials`} label="Credentials" placeholder="MD" />
          <TextField form={form} path={`people.${at}.npi`} label="NPI" inputMode="numeric" maxLength={10} />
          {people.length > 1 && (
            <RemoveRow
              name={`physician ${at + 1}`}
              onRemove={() => form.setAll({ people: without(people, at) })}
            />
          )}
        </fieldset>
      ))}
      <RowButtons what="physician" onAdd={() => form.setAll({ people: [...people, empty] })} />
    </StepFrame>
  );
}
