import '../../web/patients.css';
import './merging.css';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { useAddress } from '../../../../platform/web/address.ts';
import { usePerson } from '../../../../platform/web/person-in-view.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { KeyHints } from '../../../../ui/kbd.tsx';
import { useKeys } from '../../../../ui/keys.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { previewMerge } from '../api.ts';
import { findObstacle } from '../rules.ts';
import { CompareFields } from './compare-fields.tsx';
import { duplicatesPath } from './duplicates-page.tsx';
import { holdingText, listText, obstacleText } from './merge-words.ts';
import { type Comparison, useComparison } from './use-comparison.ts';
import { useMerge, useTellApart } from './use-merging.ts';

type Preview = z.output<typeof previewMerge.answer>;

const hints = [
  ['arrowleft arrowright', 'whose value'],
  ['arrowup arrowdown', 'field'],
  ['1', 'all from the left'],
  ['2', 'all from the right'],
  ['s', 'swap which stays'],
] as const;

/** Two records side by side, a choice field by field, and the button that makes them one. */
export function ComparePage() {
  const { params, go } = useAddress();
  const { line } = useSlots();
  const { patientId: id = '', otherId = '' } = params;
  const read = useRead(
    previewMerge,
    { params: { id, otherId } },
    { topics: ['patients'], keys: [id, otherId] },
  );
  const { data, error, isPlaceholderData } = read;
  const page = (small: string, body: ReactNode) => (
    <>
      <PageHeader title="Compare and merge" small={small} tabTitle="Compare and merge" line={line} />
      <PageBody>{body}</PageBody>
    </>
  );
  if (error && !data) {
    return page(
      '',
      <>
        <Failure message={error.message} onRetry={() => void read.refetch()} />
        <Button onClick={() => go(duplicatesPath)}>Back to the likely duplicates</Button>
      </>,
    );
  }
  if (!data || isPlaceholderData) return page('', <Skeleton rows={10} />);
  const small = `MRN ${data.one.mrn} and MRN ${data.other.mrn}`;
  return page(small, <Comparing key={`${id} ${otherId}`} preview={data} refetch={read.refetch} />);
}

function useMergeNow({ preview, comparison, refetch }: Shown & { refetch: () => Promise<unknown> }) {
  const { search, go } = useAddress();
  const person = usePerson();
  const { write, done } = useMerge();
  const obstacle = findObstacle(preview.one, preview.other);
  const merge = async () => {
    if (obstacle || write.isPending) return;
    const { survivor, gone } = comparison;
    const body = {
      version: survivor.version,
      otherId: gone.patientId,
      otherVersion: gone.version,
      choices: comparison.choices(),
    };
    try {
      const { mergeId, patient } = await write.mutateAsync({ params: { id: survivor.patientId }, body });
      if (person.patientId === gone.patientId) person.show(survivor.patientId);
      done(mergeId, patient.version, `Record ${gone.mrn} is part of record ${survivor.mrn} now.`);
      go(
        search.from === 'duplicates' ? duplicatesPath : `/patients/${survivor.patientId}`,
        {},
        { replace: true },
      );
    } catch {
      // What it said stands above the button; what changed is shown, with the choices kept.
      await refetch();
    }
  };
  return { merge, obstacle, busy: write.isPending, refused: write.error?.message };
}

type Shown = { preview: Preview; comparison: Comparison };

function Comparing({ preview, refetch }: { preview: Preview; refetch: () => Promise<unknown> }) {
  const { search, go } = useAddress();
  const { one, other } = preview;
  const comparison = useComparison(one, other);
  const leave = () => go(search.from === 'duplicates' ? duplicatesPath : `/patients/${one.patientId}`);
  const tellApart = useTellApart(leave);
  const { merge, obstacle, busy, refused } = useMergeNow({ preview, comparison, refetch });
  const twoPeople = () => tellApart(one.patientId, other.patientId);
  useKeys(
    {
      1: { label: 'take everything from the left', run: () => comparison.takeAll(one.patientId) },
      2: { label: 'take everything from the right', run: () => comparison.takeAll(other.patientId) },
      s: { label: 'swap which record stays', run: comparison.swap },
      x: { label: 'not the same person', run: twoPeople },
      'mod+enter': { label: 'merge', inFields: true, run: () => void merge() },
    },
    { enabled: obstacle === null },
  );
  if (obstacle) return <InTheWay preview={preview} obstacle={obstacle} />;
  const { survivor, gone } = comparison;
  return (
    <>
      {(comparison.changed || refused) && (
        <div className="pt-theirs" role="alert">
          {refused && <p>{refused}</p>}
          {comparison.changed && (
            <p>
              Someone changed one of these records while you looked. Both are shown as they are now; what you
              chose is kept.
            </p>
          )}
        </div>
      )}
      <CompareFields {...{ one, other, comparison }} />
      <WhatMoves preview={preview} comparison={comparison} />
      <div className="pt-form-foot mg-foot">
        <Button look="go" busy={busy} aria-keyshortcuts="Control+Enter" onClick={() => void merge()}>
          Merge {gone.mrn} into {survivor.mrn}
        </Button>
        <Button aria-keyshortcuts="X" onClick={twoPeople}>
          Not the same person
        </Button>
        <Button look="quiet" onClick={leave}>
          Let it be
        </Button>
        <KeyHints hints={[...hints, ['mod+enter', 'merge']]} />
      </div>
    </>
  );
}

/** What goes along, and what to look at first. */
function WhatMoves({ preview, comparison }: Shown) {
  const { survivor, gone } = comparison;
  const side = survivor === preview.one ? 'other' : 'one';
  const moving = preview.holdings.filter((holding) => holding[side] > 0);
  const remarks = preview.holdings.flatMap((holding) => holding.remarks);
  const items = moving.map((holding) => holdingText({ words: holding.words, count: holding[side] }));
  return (
    <section className="mg-moves" aria-label="What moves">
      <p>
        {items.length > 0
          ? `${listText(items)} of record ${gone.mrn} ${moving.length === 1 && moving[0]?.[side] === 1 ? 'moves' : 'move'} to record ${survivor.mrn}.`
          : `Record ${gone.mrn} holds nothing that would move.`}{' '}
        <span className="ui-dim">
          Its number still finds this person, and the two can be taken apart again at any time.
        </span>
      </p>
      {remarks.map((remark) => (
        <p key={remark} className="mg-remark">
          {remark}
        </p>
      ))}
    </section>
  );
}

function InTheWay({ preview, obstacle }: { preview: Preview; obstacle: keyof typeof obstacleText }) {
  const { go } = useAddress();
  const { title, text } = obstacleText[obstacle];
  const leadTo = (record: Preview['one']) => record.mergedInto ?? record.patientId;
  const records = [preview.one, preview.other];
  const shown =
    leadTo(preview.one) === leadTo(preview.other) ? records.filter((one) => !one.mergedInto) : records;
  const buttons = (shown.length > 0 ? shown : records).slice(0, obstacle === 'same-record' ? 1 : 2);
  return (
    <>
      <Failure message={title} next={text} />
      <p className="mg-turn">
        {buttons.map((record) => (
          <Button key={record.patientId} onClick={() => go(`/patients/${leadTo(record)}`)}>
            Open MRN {record.mrn}
          </Button>
        ))}
        <Button look="quiet" onClick={() => go(duplicatesPath)}>
          Back to the likely duplicates
        </Button>
      </p>
    </>
  );
}
