import './patients.css';
import { useAddress } from '../../../platform/web/address.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { PatientHit } from '../api.ts';
import { draftFromSearch } from '../search/rules.ts';
import { PatientSearch } from './patient-search.tsx';
import { emptyPerson, emptyPhone, type PersonValues } from './person-values.ts';
import { useToday } from './use-patient-search.ts';

export const registerDraft = 'patients/register';

const searchHints = [
  ['arrowup arrowdown', 'choose'],
  ['enter', 'open'],
  ['mod+enter', 'register who is typed'],
] as const;

/** Find a person, or begin to register one with what was typed. */
export function PatientsPage() {
  const { go } = useAddress();
  const { line } = useSlots();
  const { may } = useSession();
  const person = usePerson();
  const today = useToday();
  const draft = useDraft<PersonValues>(registerDraft);
  const mayRegister = may('patients.register');
  const mayMerge = may('patients.merge');
  const open = (hit: PatientHit) => {
    person.show(hit.patientId);
    go(`/patients/${hit.patientId}`);
  };
  const register = (typed: string) => {
    if (typed !== '') {
      const { phone, ...known } = draftFromSearch(typed, today);
      draft.keep({ ...emptyPerson, ...known, phones: [{ ...emptyPhone, number: phone && `+1${phone}` }] });
    }
    go('/patients/register');
  };
  useKeys(
    { 'alt+l': { label: 'likely duplicates', inFields: true, run: () => go('/patients/duplicates') } },
    { enabled: mayMerge },
  );
  useKeys({ n: { label: 'register a person', run: () => register('') } }, { enabled: mayRegister });
  return (
    <>
      <PageHeader
        title="Patients"
        tabTitle="Patients"
        line={line}
        actions={
          <>
            {mayMerge && (
              <Button icon="people" aria-keyshortcuts="Alt+L" onClick={() => go('/patients/duplicates')}>
                Likely duplicates
              </Button>
            )}
            {mayRegister && (
              <Button icon="person-plus" onClick={() => register('')}>
                Register
              </Button>
            )}
          </>
        }
      />
      <PageBody>
        <div className="pt-find">
          <PatientSearch
            label="Find a person"
            autoFocus
            limit={20}
            onPick={open}
            hint={<KeyHints hints={searchHints} />}
            {...(mayRegister
              ? { last: { label: (typed) => `Register “${typed}” as a new person …`, onPick: register } }
              : {})}
          />
        </div>
      </PageBody>
    </>
  );
}
