import './history.css';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { listOutsideEncounters } from '../api.ts';
import { statusWords, whenLabel } from '../rules.ts';
import type { OutsideEncounter } from '../schema.ts';

type PageProps = { patientId: string; before?: string };

/** What other places told of a person, newest first; a page more each time it is asked for. */
export function OutsideEncounters({ patientId, before }: PageProps) {
  const [showsMore, setShowsMore] = useState(false);
  const { data, error, refetch, isPlaceholderData } = useRead(
    listOutsideEncounters,
    { params: { id: patientId }, query: { limit: 10, ...(before ? { before } : {}) } },
    { topics: ['outside-encounters'], keys: [patientId] },
  );
  const list = useRef<HTMLOListElement>(null);
  const loaded = data !== undefined && !isPlaceholderData;
  // The button that was pressed is gone: the keyboard goes on with what it brought.
  useEffect(() => {
    if (before && loaded) list.current?.focus();
  }, [before, loaded]);
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data || isPlaceholderData) return <Skeleton rows={3} label="Loading the history of other places" />;
  const last = data.encounters.at(-1);
  if (!last) {
    return before ? null : (
      <p className="ui-dim">Nothing is known from other places. It comes with an import of FHIR files.</p>
    );
  }
  return (
    <>
      <ol className="hy-list" ref={list} tabIndex={-1}>
        {data.encounters.map((encounter) => (
          <EncounterLine key={encounter.encounterId} encounter={encounter} />
        ))}
      </ol>
      {data.more && !showsMore && (
        <Button look="quiet" icon="clock" onClick={() => setShowsMore(true)}>
          Show earlier ones
        </Button>
      )}
      {data.more && showsMore && <OutsideEncounters patientId={patientId} before={last.encounterId} />}
    </>
  );
}

function EncounterLine({ encounter }: { encounter: OutsideEncounter }) {
  const { timeZone } = useSession();
  const state = statusWords[encounter.status];
  const where = [encounter.organization, encounter.practitioner].filter(Boolean).join(' · ');
  return (
    <li>
      <p className="ui-num ui-dim">{whenLabel(encounter, timeZone)}</p>
      <p>
        {encounter.kind}
        {encounter.reason && `: ${encounter.reason}`} {state && <Tag sign="◇">{state}</Tag>}
      </p>
      {where && <p className="ui-dim">{where}</p>}
    </li>
  );
}
