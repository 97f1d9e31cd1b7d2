import '../../web/patients.css';
import { useState } from 'react';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { listConsents } from '../api.ts';
import { channelWords, refusals, stateOf, wayWords } from '../rules.ts';
import { type Consent, channels, purposes } from '../schema.ts';
import { ConsentsDialog } from './consents-dialog.tsx';

/** How a person may be reached and for what, and what they said before. */
export function ConsentsSection({ patientId, mayChange }: { patientId: string; mayChange: boolean }) {
  const [editing, setEditing] = useState(false);
  const [shown, setShown] = useState(false);
  const { data, error, refetch, isPlaceholderData } = useRead(
    listConsents,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId] },
  );
  const answer = isPlaceholderData ? undefined : data;
  return (
    <section className="pt-section" aria-label="Contact consent">
      <h2>
        Contact consent
        {mayChange && answer && (
          <Button look="quiet" icon="edit" aria-label="Edit contact consent" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !answer && <Skeleton rows={2} />}
      {answer?.history.length === 0 && <p className="ui-dim">Nobody asked yet.</p>}
      {answer && answer.history.length > 0 && (
        <>
          <p className="pt-refusals">
            {refusals(answer.consents).map((words) => (
              <Tag key={words} tone="wrong" sign="⊘">
                {words}
              </Tag>
            ))}
          </p>
          <ConsentTable consents={answer.consents} />
          <Button look="quiet" icon="clock" onClick={() => setShown(!shown)} aria-expanded={shown}>
            {shown ? 'Hide what was said before' : 'What was said before'}
          </Button>
          {shown && <Answers history={answer.history} />}
        </>
      )}
      {editing && answer && (
        <ConsentsDialog {...{ patientId, ...answer }} onClose={() => setEditing(false)} />
      )}
    </section>
  );
}

const signs = { given: '✓ given', refused: '⊘ refused', unknown: '–' };

function ConsentTable({ consents }: { consents: readonly Consent[] }) {
  return (
    <table className="pt-consents">
      <thead>
        <tr>
          <th scope="col">Way</th>
          {purposes.map((purpose) => (
            <th key={purpose} scope="col">
              {purpose}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <tr key={channel}>
            <th scope="row">{channelWords[channel]}</th>
            {purposes.map((purpose) => (
              <td key={purpose} data-state={stateOf(consents, channel, purpose)}>
                {signs[stateOf(consents, channel, purpose)]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Answers({ history }: { history: readonly Consent[] }) {
  const { timeZone } = useSession();
  return (
    <ol className="pt-history">
      {history.map((one) => (
        <li key={one.consentId}>
          <span className="ui-num ui-dim">{formatDayTime(one.at, timeZone)}</span> {channelWords[one.channel]}{' '}
          for {one.purpose}: {one.state}, {wayWords[one.how]}
          {one.byName && ` (${one.byName})`}
        </li>
      ))}
    </ol>
  );
}
