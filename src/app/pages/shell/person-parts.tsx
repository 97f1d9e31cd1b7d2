import type { ReactNode } from 'react';
import { PatientCalls } from '../../../features/calls/web/patient-calls.tsx';
import { PatientContacts } from '../../../features/contacts/people/web/patient-contacts.tsx';
import { Coverages } from '../../../features/coverage/web/coverages.tsx';
import { PatientFollowUps } from '../../../features/follow-ups/web/patient-follow-ups.tsx';
import { OutsideEncounters } from '../../../features/history/web/outside-encounters.tsx';
import { PatientMessages } from '../../../features/messages/web/patient-messages.tsx';
import { Notes } from '../../../features/team/notes/web/notes.tsx';
import { PatientWaitlist } from '../../../features/waitlist/web/patient-waitlist.tsx';

/** Who changed a record, in words: the changes that those features audit. */
export const changeWords = {
  'patient.contact-added': 'added a doctor or organization',
  'patient.contact-ended': 'said until when a doctor or organization was theirs',
  'patient.contact-goes-on': 'said that a doctor or organization is theirs still',
  'patient.contact-in-error': 'marked a doctor or organization as entered in error',
  'patient.coverage-added': 'added a coverage',
  'patient.coverage-changed': 'changed a coverage',
  'patient.outside-encounter-added': 'brought in a visit of another place',
} as const;

/** What stands on a person's page from features to the right of patients. */
export function PersonParts({ patientId }: { patientId: string }) {
  return (
    <>
      <PatientCalls key={`calls ${patientId}`} patientId={patientId} />
      <PatientMessages key={`messages ${patientId}`} patientId={patientId} />
      <PatientFollowUps key={`follow-ups ${patientId}`} patientId={patientId} />
      <PatientWaitlist key={`waitlist ${patientId}`} patientId={patientId} />
      <Part title="Notes of the office">
        <Notes key={patientId} kind="patient" id={patientId} />
      </Part>
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
