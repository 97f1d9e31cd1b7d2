import '../../reports/web/reports.css';
import './risk.css';
import { useSession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Failure } from '../../../../ui/failure.tsx';
import { formatCount, formatDate, formatDayTime } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { readRisk } from '../api.ts';
import type { RiskReport } from '../schema.ts';
import { CountsTable, TenthsTable } from './accuracy-tables.tsx';
import { MarkedList } from './marked-list.tsx';
import { accuracyWords, standingWords } from './risk-words.ts';

/** Which visits ahead may be missed, and how far that can be believed. */
export function RiskPage() {
  const { line } = useSlots();
  const { data, error, refetch } = useRead(readRisk, {}, { topics: ['visit-risk', 'setup'] });
  return (
    <>
      <PageHeader title="May be missed" tabTitle="May be missed" line={line} />
      <PageBody>
        {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={8} label="Reading what was learned" />}
        {data && <Standing report={data} />}
        {data?.standing === 'marks' && <MarkedList />}
        {data && <Accuracy report={data} />}
      </PageBody>
    </>
  );
}

function Standing({ report }: { report: RiskReport }) {
  const { timeZone } = useSession();
  const { title, text } = standingWords(report);
  return (
    <section className="rk-part" aria-label="How good the marks are">
      <h2>{title}</h2>
      <p className="rp-note">{text}</p>
      {report.learnedAt && (
        <p className="rp-note">Learned {formatDayTime(report.learnedAt, timeZone)}; again every night.</p>
      )}
    </section>
  );
}

function Accuracy({ report }: { report: RiskReport }) {
  const { heldOut, learned, counts } = report;
  if (!heldOut || !learned || learned.visits + heldOut.visits === 0) return <WhatIsLookedAt />;
  return (
    <>
      <section className="rk-part">
        <h2>On the days it had not seen</h2>
        <p className="rp-note">
          Learned from {formatCount(learned.visits, 'visit')} of {formatDate(learned.from)} to{' '}
          {formatDate(learned.to)}, {learned.missed} of them missed; tried on{' '}
          {formatCount(heldOut.visits, 'visit')} of {formatDate(heldOut.from)} to {formatDate(heldOut.to)}.{' '}
          {accuracyWords(heldOut)}
        </p>
        {heldOut.visits > 0 && <TenthsTable heldOut={heldOut} />}
      </section>
      <WhatIsLookedAt />
      {counts.length > 0 && (
        <section className="rk-part">
          <h2>What counts how much here</h2>
          <CountsTable counts={counts} />
        </section>
      )}
    </>
  );
}

function WhatIsLookedAt() {
  return (
    <section className="rk-part">
      <h2>What is looked at, and what never is</h2>
      <p className="rp-note">
        Looked at: what became of a person’s own booked visits here in the two years before, how many days
        ahead this one was booked, its type, its weekday and its hour. Never looked at: age, sex, race,
        language, address, insurance, or anything else of who a person is. A mark says whom to call first.
        Nothing is booked over it, and nobody is refused a time for it.
      </p>
    </section>
  );
}

export function RiskHelp() {
  return (
    <>
      <p>
        Every night the program counts which visits of the last two years were missed, and learns from all but
        the last ninety days. Those ninety days then show how good it is: “of 100 visits marked, so many were
        missed”, beside how many are missed anyway. The visits marked are the likeliest tenth.
      </p>
      <p>
        Where there are too few visits, or the marks do no better than chance, nothing is marked and this page
        says so. A visit that was confirmed is not marked.
      </p>
    </>
  );
}
