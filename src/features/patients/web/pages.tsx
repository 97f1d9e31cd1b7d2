import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { mergingPages } from '../merging/web/pages.tsx';
import { PatientPage } from './patient-page.tsx';
import { PatientsPage } from './patients-page.tsx';
import { RegisterPage } from './register-page.tsx';

export const patientPages: readonly DeskPage[] = [
  {
    path: '/patients',
    title: 'Patients',
    permission: 'patients.search',
    Page: PatientsPage,
    rail: { label: 'Patients', icon: 'people', order: 30 },
    help: (
      <p>
        Type any scrap: parts of a first, last, preferred or former name in any order, a birth date (3/14/61),
        a month and year (3/61), a year, a phone number or its last digits, an MRN. They combine: “smi jo
        3/61”. Typing errors are mended. Enter opens the first; Ctrl Enter registers a new person with what is
        typed.
      </p>
    ),
  },
  {
    path: '/patients/register',
    title: 'Register a person',
    permission: 'patients.register',
    Page: RegisterPage,
    help: (
      <p>
        Only the last name must be known; what is missing is asked for before the visit. Enter goes to the
        next field, Ctrl Enter registers from anywhere. A known ZIP fills city and state. Who looks the same
        stands at the side: open that record, or say that this is another person (Alt O). What you type stays
        here while you look elsewhere, until you register or let it be.
      </p>
    ),
  },
  ...mergingPages,
  {
    path: '/patients/$patientId',
    title: 'Patient',
    permission: 'patients.open',
    Page: PatientPage,
    help: (
      <p>
        Each part has its own Edit: E for the names, P for phones. L prints labels and appointment cards. M
        merges it with another record of the same person; what was merged can be taken apart. A custody note
        says who must not be told, who decides and who may bring a child. Authorized persons may hear what
        stands beside their name; nobody else hears anything. Contact consent says for each way and reason
        what the patient agreed to. “Who pays” opens everyone whom the same guarantor pays for. A picture is
        drawn anew before it is kept, so that place and time of the file stay behind; it is erased when the
        patient asks. A paper chart that is out too long stands on Today. Alerts show on the card beside every
        page. “Changes” shows who changed what, for those who may read the audit.
      </p>
    ),
  },
];
