import './patients.css';
import { type ReactNode, useEffect, useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { TextAreaField } from '../../../ui/fields.tsx';
import { formatDate, formatPhone } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { openPatient, type PatientRecord } from '../api.ts';
import { ChartSection } from '../charts/web/chart-section.tsx';
import { ConsentsSection } from '../consents/web/consents-section.tsx';
import { FamilySection } from '../families/web/family-section.tsx';
import { MergeWithDialog } from '../merging/web/merge-with-dialog.tsx';
import { MergesSection } from '../merging/web/merges-section.tsx';
import { PhotoSection } from '../photo/web/photo-section.tsx';
import { RelationsSection } from '../relations/web/relations-section.tsx';
import { fileName } from '../rules.ts';
import { AlertsSection } from './alerts-section.tsx';
import { kindWords, languageName, sexWords } from './choices.ts';
import { DeceasedDialog, RemoveButton } from './deceased-dialog.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { HistorySection } from './history-section.tsx';
import { PhoneLine } from './person-card.tsx';
import * as fields from './person-fields.tsx';
import type { ChangeKey } from './person-values.ts';

type Facts = readonly (readonly [label: string, value: ReactNode])[];
type Section = {
  id: string;
  title: string;
  keys: readonly ChangeKey[];
  facts: (patient: PatientRecord) => Facts;
  edit: (form: fields.PersonForm) => ReactNode;
};

const sections: readonly Section[] = [
  {
    id: 'who',
    title: 'Who',
    keys: [
      ...(['familyName', 'givenName', 'middleName', 'suffix', 'preferredName', 'formerNames'] as const),
      ...(['pronouns', 'sex', 'genderIdentity', 'bornOn', 'language', 'maritalStatus'] as const),
      'interpreterNeeded',
    ],
    facts: (patient) => [
      [
        'Legal name',
        [patient.givenName, patient.middleName, patient.familyName, patient.suffix].filter(Boolean).join(' '),
      ],
      ['Called', patient.preferredName],
      ['Former names', patient.formerNames.join('; ')],
      ['Born', patient.bornOn ? formatDate(patient.bornOn) : 'not known'],
      ['Sex', sexWords[patient.sex]],
      ['Gender identity', patient.genderIdentity],
      ['Pronouns', patient.pronouns],
      [
        'Language',
        `${languageName(patient.language)}${patient.interpreterNeeded ? ', needs an interpreter' : ''}`,
      ],
      ['Marital status', patient.maritalStatus],
    ],
    edit: (form) => (
      <>
        <fields.NameFields form={form} autoFocus />
        <fields.MoreNameFields form={form} />
        <fields.LanguageFields form={form} />
      </>
    ),
  },
  {
    id: 'reach',
    title: 'Phones and e-mail',
    keys: ['phones', 'email'],
    facts: (patient) => [
      ...patient.phones.map(
        (phone) => [kindWords[phone.kind] ?? 'Phone', <PhoneLine key="line" phone={phone} brief />] as const,
      ),
      ['E-mail', patient.email && <a href={`mailto:${patient.email}`}>{patient.email}</a>],
    ],
    edit: (form) => <fields.PhoneFields form={form} />,
  },
  {
    id: 'addresses',
    title: 'Addresses',
    keys: ['addresses'],
    facts: (patient) =>
      patient.addresses.map(
        ({ kind, line1, line2, city, state, zip }) =>
          [
            kindWords[kind] ?? kind,
            [line1, line2, city, `${state} ${zip}`.trim()].filter(Boolean).join(', '),
          ] as const,
      ),
    edit: (form) => <fields.AddressFields form={form} />,
  },
  {
    id: 'contacts',
    title: 'Contacts',
    keys: ['contacts'],
    facts: (patient) =>
      patient.contacts.map(
        ({ kind, name, relationship, phone, note }) =>
          [
            kindWords[kind] ?? kind,
            [name, relationship, formatPhone(phone), note].filter(Boolean).join(', '),
          ] as const,
      ),
    edit: (form) => <fields.ContactFields form={form} />,
  },
  {
    id: 'guarantor',
    title: 'Who pays',
    keys: ['guarantor'],
    facts: () => [],
    edit: (form) => <fields.GuarantorFields form={form} />,
  },
  {
    id: 'note',
    title: 'Note',
    keys: ['note'],
    facts: (patient) => [['Note', patient.note && <span className="pt-note">{patient.note}</span>]],
    edit: (form) => <TextAreaField form={form} path="note" label="Note" autoFocus />,
  },
];

/** Everything that is known of one person; each part is changed in its own dialog. */
export function PatientPage() {
  const { params, go } = useAddress();
  const { line } = useSlots();
  const id = params.patientId ?? '';
  const person = usePerson();
  const { data, error, refetch, isPlaceholderData } = useRead(
    openPatient,
    { params: { id } },
    { topics: ['patients'], keys: [id] },
  );
  const { show } = person;
  useEffect(() => show(id), [show, id]);
  // A record that became part of another leads to that one.
  const leadsTo = data && !isPlaceholderData ? data.patient.mergedInto : null;
  useEffect(() => {
    if (leadsTo) go(`/patients/${leadsTo}`, {}, { replace: true });
  }, [go, leadsTo]);
  if (error || !data || isPlaceholderData || leadsTo) {
    return (
      <>
        <PageHeader
          title="Patient"
          tabTitle="Patient"
          line={line}
          actions={<Button onClick={() => go('/patients')}>Find another</Button>}
        />
        <PageBody>
          {error ? (
            <Failure message={error.message} onRetry={() => void refetch()} />
          ) : (
            <Skeleton rows={12} />
          )}
        </PageBody>
      </>
    );
  }
  return <Chart patient={data.patient} line={line} />;
}

function Chart({ patient, line }: { patient: PatientRecord; line: ReactNode }) {
  const { may } = useSession();
  const { personParts, recordActions } = useSlots();
  const { go, search, path } = useAddress();
  const [editing, setEditing] = useState<string>();
  const mayMerge = may('patients.merge') && !patient.enteredInErrorAt;
  const merges = mayMerge && search.merge === 'choose';
  const mayChange = may('patients.change') && !patient.enteredInErrorAt;
  const section = sections.find((one) => one.id === editing);
  const close = () => setEditing(undefined);
  useKeys(
    {
      e: { label: 'edit who it is', run: () => setEditing('who') },
      p: { label: 'edit phones and e-mail', run: () => setEditing('reach') },
    },
    { enabled: mayChange },
  );
  const merge = () => go(path, { merge: 'choose' });
  useKeys({ m: { label: 'merge with another record', run: merge } }, { enabled: mayMerge });
  const born = patient.bornOn ? `born ${formatDate(patient.bornOn)}` : 'no birth date';
  const age = patient.age === null ? '' : patient.deceased ? `died at ${patient.age}` : `${patient.age}`;
  return (
    <>
      <PageHeader
        title={fileName(patient)}
        small={[age, born, `MRN ${patient.mrn}`, patient.deceased && !age ? 'deceased' : '']
          .filter(Boolean)
          .join(' · ')}
        tabTitle="Patient"
        line={line}
        actions={<Button onClick={() => go('/patients')}>Find another</Button>}
      />
      <PageBody>
        {patient.enteredInErrorAt && (
          <Empty
            icon="warning"
            title="This record was entered in error"
            text="It is kept, and found no more."
          />
        )}
        <div className="pt-chart">
          <AlertsSection {...{ patient, mayChange }} />
          {sections.map((one) =>
            one.id === 'guarantor' ? (
              <FamilySection
                key={one.id}
                {...{ patient, mayChange }}
                onEdit={() => setEditing('guarantor')}
              />
            ) : (
              <FactsSection
                key={one.id}
                title={one.title}
                facts={one.facts(patient)}
                {...(mayChange ? { onEdit: () => setEditing(one.id) } : {})}
              />
            ),
          )}
          <PhotoSection patientId={patient.patientId} mayChange={mayChange} />
          <RelationsSection patientId={patient.patientId} mayChange={mayChange} />
          <ConsentsSection patientId={patient.patientId} mayChange={mayChange} />
          <ChartSection patientId={patient.patientId} mayChange={mayChange} />
          {mayMerge && <MergesSection patientId={patient.patientId} />}
          {!patient.enteredInErrorAt && personParts(patient.patientId)}
          {may('audit.read') && <HistorySection patientId={patient.patientId} />}
          <p className="pt-rare">
            {recordActions?.(patient.patientId)}
            {mayChange && (
              <Button look="quiet" onClick={() => setEditing('deceased')}>
                {patient.deceased ? 'Not deceased …' : 'Deceased …'}
              </Button>
            )}
            {mayChange && mayMerge && (
              <Button look="quiet" icon="people" onClick={merge}>
                Merge with another record …
              </Button>
            )}
            {mayChange && may('patients.remove') && <RemoveButton patient={patient} />}
          </p>
        </div>
        {section && (
          <EditDialog patient={patient} title={section.title} keys={section.keys} onClose={close}>
            {section.edit}
          </EditDialog>
        )}
        {merges && (
          <MergeWithDialog patientId={patient.patientId} onClose={() => go(path, {}, { replace: true })} />
        )}
        {editing === 'deceased' && <DeceasedDialog patient={patient} onClose={close} />}
      </PageBody>
    </>
  );
}

function FactsSection({ title, facts, onEdit }: { title: string; facts: Facts; onEdit?: () => void }) {
  const known = facts.filter(([, value]) => value);
  return (
    <section className="pt-section">
      <h2>
        {title}
        {onEdit && (
          <Button look="quiet" icon="edit" aria-label={`Edit ${title.toLowerCase()}`} onClick={onEdit}>
            Edit
          </Button>
        )}
      </h2>
      {known.length === 0 && <p className="ui-dim">Nothing yet.</p>}
      <dl>
        {known.map(([label, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: labels repeat, the order is the list's
          <div key={index}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
