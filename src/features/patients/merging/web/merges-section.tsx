import './merging.css';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { listMerges } from '../api.ts';
import { type Apart, useTakeApart } from './use-merging.ts';

/** Which records became part of this one; each can be taken apart. Nothing when there are none. */
export function MergesSection({ patientId }: { patientId: string }) {
  const { timeZone } = useSession();
  const query = { patientId };
  const { data } = useRead(listMerges, { query }, { topics: ['merges'], keys: [patientId] });
  const { run, result, busy } = useTakeApart();
  const merges = (data?.merges ?? []).filter((one) => one.intoId === patientId);
  if (merges.length === 0 && !result) return null;
  return (
    <section className="pt-section">
      <h2>Merged records</h2>
      {result && <ApartNote apart={result} />}
      <ul className="mg-merges">
        {merges.map((one) => (
          <li key={one.mergeId}>
            <span>
              Record <b className="ui-num">{one.fromMrn}</b> became part of this one on{' '}
              {formatDayTime(one.at, timeZone)}
              {one.by && ` by ${one.by}`}.
            </span>
            <Button
              look="quiet"
              icon="undo"
              busy={busy === one.mergeId}
              aria-label={`Take record ${one.fromMrn} apart`}
              onClick={() => void run(one)}
            >
              Take apart
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What taking apart left behind; stays on the page, since a note goes. */
export function ApartNote({ apart }: { apart: Apart }) {
  const { go } = useAddress();
  return (
    <div className="mg-note" role="status">
      <p>Record {apart.mrn} stands on its own again.</p>
      {apart.left.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {apart.left.length === 0 && <p>Everything that had moved went back.</p>}
      <Button onClick={() => go(`/patients/${apart.otherId}`)}>Open record {apart.mrn}</Button>
    </div>
  );
}
