import { useState } from 'react';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { SelectField, TextField } from '../../../../ui/fields.tsx';
import { roleWords } from '../../../practice/web/role-words.ts';
import { staffKindLabels } from '../../../practice/web/staff-words.ts';
import { startColleagues } from '../api.ts';
import { type MadeAccount, StartColleagues } from '../schema.ts';
import { RemoveRow, RowButtons, StepFrame, type StepProps } from './step-frame.tsx';
import { useStep, without } from './use-step.ts';

const empty = {
  givenName: '',
  familyName: '',
  kind: 'front_desk' as const,
  email: '',
  role: 'secretary' as const,
};
const roles = Object.entries(roleWords).map(([value, label]) => ({ value, label }));
const kinds = Object.entries(staffKindLabels).map(([value, label]) => ({ value, label }));

/** Colleagues with accounts; their passwords are shown once, before the next step. */
export function PeopleStep(props: StepProps) {
  const [made, setMade] = useState<readonly MadeAccount[]>();
  if (made) return <Passwords made={made} onNext={props.onNext} />;
  return <PeopleForm {...props} onMade={setMade} />;
}

type PeopleFormProps = StepProps & { onMade: (made: readonly MadeAccount[]) => void };

function PeopleForm({ onMade, ...props }: PeopleFormProps) {
  const { mutateAsync } = useWrite(startColleagues, { touches: ['practice'] });
  const form = useStep(
    { ...props, onNext: async () => undefined },
    {
      initial: { people: [empty] },
      schema: StartColleagues,
      save: async (body) => onMade((await mutateAsync({ body })).accounts),
    },
  );
  const { people } = form.values;
  return (
    <StepFrame
      {...props}
      form={form}
      text="Who answers the phone, bills, nurses. Each gets an account with a first password; the role says what they may do. You can also do this later."
      submitLabel="Make the accounts"
    >
      {people.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name before they are typed
        <fieldset key={at} className="start-row">
          <legend>{`Colleague ${at + 1}`}</legend>
          <TextField form={form} path={`people.${at}.givenName`} label="First name" required />
          <TextField form={form} path={`people.${at}.familyName`} label="Last name" required />
          <TextField form={form} path={`people.${at}.email`} label="E-mail" required type="email" />
          <SelectField form={form} path={`people.${at}.kind`} label="Is" choices={kinds} />
          <SelectField form={form} path={`people.${at}.role`} label="May do the work of" choices={roles} />
          {people.length > 1 && (
            <RemoveRow
              name={`colleague ${at + 1}`}
              onRemove={() => form.setAll({ people: without(people, at) })}
            />
          )}
        </fieldset>
      ))}
      <RowButtons what="colleague" onAdd={() => form.setAll({ people: [...people, empty] })} />
    </StepFrame>
  );
}

function Passwords({ made, onNext }: { made: readonly MadeAccount[]; onNext: () => Promise<unknown> }) {
  return (
    <div className="start-step">
      <h2>Their first passwords</h2>
      <p>
        Read them out or write them down now: they are shown once. Each chooses their own at the first
        sign-in.
      </p>
      <dl className="start-passwords">
        {made.map((one) => (
          <div key={one.email}>
            <dt>
              {one.displayName} <small>{one.email}</small>
            </dt>
            <dd>
              <code>{one.password}</code>
            </dd>
          </div>
        ))}
      </dl>
      <div className="start-foot">
        <Button look="go" autoFocus onClick={() => void onNext()}>
          I have passed them on
        </Button>
      </div>
    </div>
  );
}
