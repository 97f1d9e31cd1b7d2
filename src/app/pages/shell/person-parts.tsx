import type { ReactNode } from 'react';
import { PatientContacts } from '../../../features/contacts/people/web/patient-contacts.tsx';
import { Coverages } from '../../../features/coverage/web/coverages.tsx';
import { OutsideEncounters } from '../../../features/history/web/outside-encounters.tsx';

/** What stands on a person's page from features to the right of patients. */
export function PersonParts({ patientId }: { patientId: string }) {
  return (
    <>
      <PatientContacts key={patientId} patientId={patientId} />
      <Part title="Coverage">
        <Coverages key={patientId} patientId={patientId} />
      </Part>
      <Part title="History of other places">
        <OutsideEncounters key={patientId} patientId={patientId} />
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="pt-section" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
