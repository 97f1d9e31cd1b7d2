import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { listPatientHistory } from '../api.ts';
import { factText, wordsOf } from './fact-text.ts';

const actionWords: Record<string, string> = {
  'patient.registered': 'registered',
  'patient.brought-in': 'brought this record in with others',
  'patient.changed': 'changed',
  'patient.alert-added': 'added an alert',
  'patient.alert-removed': 'took an alert off',
  'patient.custody-changed': 'changed a custody note',
  'patient.deceased': 'marked as deceased',
  'patient.not-deceased': 'took “deceased” back',
  'patient.entered-in-error': 'marked as entered in error',
  'patient.merged': 'made another record part of this one',
  'patient.merged-into': 'made this record part of another',
  'patient.taken-apart': 'took another record apart from this one',
  'patient.stands-alone': 'took this record apart from another',
  'patient.told-apart': 'said that this and another record are two people',
  'patient.not-told-apart': 'took back that this and another record are two people',
  'patient.relation-added': 'added an authorized person',
  'patient.relation-changed': 'changed an authorized person',
  'patient.relation-revoked': 'revoked what someone may hear',
  'patient.relation-restored': 'took a revocation back',
  'patient.consent-recorded': 'recorded how they may be contacted',
  'patient.adult-reviewed': 'asked, at 18, who pays and who may hear what',
  'patient.chart-moved': 'moved the paper chart',
  'patient.photo-set': 'kept a picture',
  'patient.photo-removed': 'removed the picture',
  'patient.exported': 'handed the whole record out',
};

/** Who changed this record, when, from what to what; read only when asked for, since reading it is recorded. */
export function HistorySection({ patientId }: { patientId: string }) {
  const [shown, setShown] = useState(false);
  return (
    <section className="pt-section">
      <h2>
        Changes
        {!shown && (
          <Button look="quiet" icon="clock" onClick={() => setShown(true)}>
            Show changes
          </Button>
        )}
      </h2>
      {shown && <History patientId={patientId} />}
    </section>
  );
}

function History({ patientId }: { patientId: string }) {
  const { timeZone } = useSession();
  const { changeWords } = useSlots();
  const wordsFor = (action: string) => actionWords[action] ?? changeWords?.[action] ?? action;
  const { data, error } = useRead(
    listPatientHistory,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId] },
  );
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <Skeleton rows={4} />;
  return (
    <ol className="pt-history">
      {data.changes.map((change) => (
        <li key={change.seq}>
          <p>
            <span className="ui-num ui-dim">{formatDayTime(change.at, timeZone)}</span>{' '}
            {change.by || 'The office'} {wordsFor(change.action)}
            {change.reason && ` (${change.reason})`}
          </p>
          {change.before && <Changed before={change.before} after={change.after ?? {}} />}
        </li>
      ))}
    </ol>
  );
}

type Facts = Record<string, unknown>;

/** Ids say nothing to people, and what is the same was only told to say of what. */
function changedKeys(before: Facts, after: Facts): string[] {
  return Object.keys(before).filter((key) => !key.endsWith('Id') && before[key] !== after[key]);
}

function Changed({ before, after }: { before: Facts; after: Facts }) {
  return (
    <ul>
      {changedKeys(before, after).map((key) => (
        <li key={key}>
          {wordsOf(key)}: <del>{factText(before[key]) || 'empty'}</del> → {factText(after[key]) || 'empty'}
        </li>
      ))}
    </ul>
  );
}
