import './patients.css';
import { type ReactNode, useEffect } from 'react';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDate, formatPhone } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { openPatientCard, type PatientCard } from '../api.ts';
import { needsGuarantor } from '../families/rules.ts';
import { Face } from '../photo/web/photo-section.tsx';
import { kindWords, languageName, sexWords } from './choices.ts';

export type PersonCardProps = {
  patientId: string;
  /** Buttons: book, open, task. */
  actions?: ReactNode;
  /** What other features know: next and last visit, balance. Rows of `<div><dt/><dd/></div>`. */
  facts?: ReactNode;
  /** Further sections below. */
  children?: ReactNode;
  onOpen?: () => void;
  onLetGo?: () => void;
};

/** The person whom someone is dealing with, beside every page until let go. */
export function PersonCard({ patientId, actions, facts, children, onOpen, onLetGo }: PersonCardProps) {
  const { data, error, refetch, isPlaceholderData } = useRead(
    openPatientCard,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId] },
  );
  // The card of a record that became part of another is that one's: so is everything below it.
  const { show } = usePerson();
  const shownId = isPlaceholderData ? undefined : data?.card.patientId;
  useEffect(() => {
    if (shownId && shownId !== patientId) show(shownId);
  }, [show, shownId, patientId]);
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data || isPlaceholderData) return <Skeleton rows={7} />;
  const { card } = data;
  return (
    <div className="pt-card">
      <header>
        <h2>
          {onOpen ? (
            <button type="button" className="pt-card-name" onClick={onOpen}>
              {card.callName}
            </button>
          ) : (
            card.callName
          )}
        </h2>
        {onLetGo && (
          <Button
            look="quiet"
            icon="cross"
            aria-label="Let go of this person"
            title="Let go"
            onClick={onLetGo}
          />
        )}
      </header>
      <p className="pt-card-sub ui-num">
        {[card.age === null ? '' : `${card.age}`, card.pronouns, sexWords[card.sex]]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Face patientId={card.patientId} photoId={card.photoId} name={card.callName} />
      <CardAlerts card={card} />
      {actions && <div className="pt-card-actions">{actions}</div>}
      <dl>
        <CardFacts card={card} />
        {facts}
      </dl>
      {children}
    </div>
  );
}

function CardAlerts({ card }: { card: PatientCard }) {
  return (
    <div className="pt-card-alerts">
      {card.deceased && (
        <Tag sign="✝">deceased{card.deceasedOn ? ` ${formatDate(card.deceasedOn)}` : ''}</Tag>
      )}
      {card.alerts.map((alert) => (
        <Tag key={alert.alertId} tone={alert.tone}>
          {alert.text}
        </Tag>
      ))}
      {card.refusals.map((words) => (
        <Tag key={words} tone="wrong" sign="⊘">
          {words}
        </Tag>
      ))}
      {card.interpreterNeeded && <Tag tone="wait">interpreter: {languageName(card.language)}</Tag>}
    </div>
  );
}

/** A number to tap, with its kind (unless `brief`: the label says it) and what is allowed there. */
export function PhoneLine({ phone, brief }: { phone: PatientCard['phones'][number]; brief?: boolean }) {
  const allowed = [
    brief ? '' : (kindWords[phone.kind]?.toLowerCase() ?? phone.kind),
    phone.preferred ? 'call first' : '',
    phone.mayText ? 'text ok' : '',
    phone.mayLeaveVoicemail ? 'voicemail ok' : '',
    phone.note,
  ];
  return (
    <span className="pt-phone">
      <a className="ui-num" href={`tel:${phone.number}`}>
        {formatPhone(phone.number)}
      </a>{' '}
      <small className="ui-dim">{allowed.filter(Boolean).join(', ')}</small>
    </span>
  );
}

function CardFacts({ card }: { card: PatientCard }) {
  const missing = [
    card.bornOn ? '' : 'birth date',
    card.phones.length > 0 ? '' : 'phone',
    card.hasAddress ? '' : 'address',
    needsGuarantor(card.age, card.guarantor) ? 'who pays' : '',
  ].filter(Boolean);
  return (
    <>
      <Fact label="Born">{card.bornOn ? formatDate(card.bornOn) : 'not known'}</Fact>
      <Fact label="MRN">{card.mrn}</Fact>
      {card.phones.length > 0 && (
        <Fact label="Phone">
          {card.phones.map((phone) => (
            <PhoneLine key={phone.number} phone={phone} />
          ))}
        </Fact>
      )}
      {!card.interpreterNeeded && !/^en\b/.test(card.language) && (
        <Fact label="Speaks">{languageName(card.language)}</Fact>
      )}
      {card.guarantor && (
        <Fact label="Pays">
          {[card.guarantor.name, card.guarantor.relationship].filter(Boolean).join(', ')}
        </Fact>
      )}
      {card.authorized.length > 0 && (
        <Fact label="May hear">
          {card.authorized.map((one) => (
            <span key={one.relationId} className="pt-phone">
              {one.name}{' '}
              <small className="ui-dim">
                {[one.relationship, one.hears].filter(Boolean).join(', ')}
                {one.phone && ` · ${formatPhone(one.phone)}`}
              </small>
            </span>
          ))}
        </Fact>
      )}
      {missing.length > 0 && (
        <Fact label="Missing">
          <Tag tone="wait">{missing.join(', ')}</Tag>
        </Fact>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
