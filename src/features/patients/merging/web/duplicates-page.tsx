import '../../web/patients.css';
import './merging.css';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { KeyHints } from '../../../../ui/kbd.tsx';
import { useKeys } from '../../../../ui/keys.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { type LikelyPair, listLikelyPairs } from '../api.ts';
import { MergesOfPractice } from './merges-of-practice.tsx';
import { PairList } from './pair-list.tsx';
import { useTellApart } from './use-merging.ts';

export const duplicatesPath = '/patients/duplicates';

/** Records that may be of one person, likeliest first; and those that became one. */
export function DuplicatesPage() {
  const { search, go } = useAddress();
  const { line } = useSlots();
  const merged = search.show === 'merged';
  useKeys({
    l: { label: 'likely the same', run: () => go(duplicatesPath) },
    m: { label: 'merged so far', run: () => go(duplicatesPath, { show: 'merged' }) },
  });
  return (
    <>
      <PageHeader
        title="Likely duplicates"
        small={merged ? 'records that became part of another' : 'records that may be of one person'}
        tabTitle="Likely duplicates"
        line={line}
        actions={
          <>
            <Button aria-current={merged ? undefined : 'page'} onClick={() => go(duplicatesPath)}>
              Likely the same
            </Button>
            <Button
              aria-current={merged ? 'page' : undefined}
              onClick={() => go(duplicatesPath, { show: 'merged' })}
            >
              Merged
            </Button>
          </>
        }
      />
      <PageBody>
        {merged ? <MergesOfPractice /> : <LikelyPairs page={Math.max(0, Number(search.page) || 0)} />}
      </PageBody>
    </>
  );
}

const hints = [
  ['arrowup arrowdown', 'choose'],
  ['enter', 'compare'],
  ['x', 'not the same person'],
] as const;

function LikelyPairs({ page }: { page: number }) {
  const { go } = useAddress();
  const read = useRead(listLikelyPairs, { query: { page } }, { topics: ['merges'] });
  const tellApart = useTellApart(() => undefined);
  const turn = (to: number) => go(duplicatesPath, to === 0 ? {} : { page: String(to) });
  const more = read.data?.more === true;
  useKeys({
    n: { label: 'more pairs', run: () => more && turn(page + 1) },
    p: { label: 'the pairs before', run: () => page > 0 && turn(page - 1) },
  });
  if (read.error && !read.data)
    return <Failure message={read.error.message} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={8} />;
  const { pairs } = read.data;
  const compare = ({ one, other }: LikelyPair) =>
    go(`/patients/${one.patientId}/merge-with/${other.patientId}`, { from: 'duplicates' });
  if (pairs.length === 0 && page === 0) {
    return (
      <Empty
        title="No one is here twice"
        text="Every record looks like a person of its own. Should somebody be registered twice, the two appear here."
        action={<Button onClick={() => go('/patients')}>Back to the patients</Button>}
      />
    );
  }
  return (
    <div className="mg-page">
      <PairList
        pairs={pairs}
        onCompare={compare}
        onTwoPeople={({ one, other }) => tellApart(one.patientId, other.patientId)}
      />
      {pairs.length === 0 && <p className="ui-dim">No more pairs.</p>}
      {(page > 0 || more) && (
        <p className="mg-turn">
          {page > 0 && (
            <Button icon="chevron-left" onClick={() => turn(page - 1)}>
              Before
            </Button>
          )}
          <span className="ui-num">Page {page + 1}</span>
          {more && (
            <Button icon="chevron-right" onClick={() => turn(page + 1)}>
              More
            </Button>
          )}
        </p>
      )}
      <KeyHints hints={hints} />
    </div>
  );
}
