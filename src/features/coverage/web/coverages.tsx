import './coverage.css';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Failure } from '../../../ui/failure.tsx';
import { formatDate, localDate } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { listCoverages } from '../api.ts';
import { isInForce, rankWords } from '../rules.ts';
import { type Coverage, planKindLabels } from '../schema.ts';

/** What a person is insured by: what stands today first, the order in which they pay, member and group numbers. */
export function Coverages({ patientId }: { patientId: string }) {
  const { timeZone } = useSession();
  const { data, error, refetch, isPlaceholderData } = useRead(
    listCoverages,
    { params: { id: patientId } },
    { topics: ['coverages'], keys: [patientId] },
  );
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data || isPlaceholderData) return <Skeleton rows={2} label="Loading the coverage" />;
  if (data.coverages.length === 0) {
    return <p className="ui-dim">No coverage on record. It comes with an import of FHIR files.</p>;
  }
  const today = localDate(new Date(), timeZone);
  return (
    <ul className="cv-list">
      {data.coverages.map((coverage) => (
        <CoverageLine key={coverage.coverageId} coverage={coverage} today={today} />
      ))}
    </ul>
  );
}

function CoverageLine({ coverage, today }: { coverage: Coverage; today: string }) {
  const { payerName, planKind, memberId, groupNumber, relationship } = coverage;
  // "Medicare, Medicare" says it twice.
  const kind = payerName.toLowerCase().includes(planKind) ? '' : planKindLabels[planKind];
  const numbers = [
    memberId && `member ${memberId}`,
    groupNumber && `group ${groupNumber}`,
    relationship && (relationship === 'self' ? 'own plan' : `${relationship} of the subscriber`),
  ];
  return (
    <li>
      <p className="cv-payer">
        <b>{payerName}</b> <State coverage={coverage} today={today} />
      </p>
      <p className="ui-dim">
        {[kind, rankWords(coverage.rank), lasting(coverage)].filter(Boolean).join(' · ')}
      </p>
      {numbers.some(Boolean) && <p className="ui-num">{numbers.filter(Boolean).join(' · ')}</p>}
    </li>
  );
}

function State({ coverage, today }: { coverage: Coverage; today: string }) {
  if (isInForce(coverage, today)) return <Tag tone="good">active</Tag>;
  if (coverage.status === 'draft') return <Tag>draft</Tag>;
  if (coverage.status === 'cancelled') return <Tag sign="✕">cancelled</Tag>;
  return coverage.since && coverage.since > today ? (
    <Tag tone="calm">not yet</Tag>
  ) : (
    <Tag tone="wait">ended</Tag>
  );
}

function lasting({ since, until }: Coverage): string {
  return [since && `since ${formatDate(since)}`, until && `until ${formatDate(until)}`]
    .filter(Boolean)
    .join(', ');
}
