import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { useKeys } from '../../../../ui/keys.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { HitFace } from '../../web/hit-list.tsx';
import type { LikelyPair } from '../api.ts';

export type PairListProps = {
  pairs: readonly LikelyPair[];
  onCompare: (pair: LikelyPair) => void;
  onTwoPeople: (pair: LikelyPair) => void;
};

const keyOf = (pair: LikelyPair) => `${pair.one.patientId} ${pair.other.patientId}`;

/** Likely pairs; the arrows go through them, and the focus stands on the button that compares. */
export function PairList({ pairs, onCompare, onTwoPeople }: PairListProps) {
  const list = useRef<HTMLOListElement>(null);
  const [mark, setMark] = useState({ key: '', index: 0 });
  // Pairs come and go above it, by an undo or another desk: the mark stays on its pair, as the focus does.
  const known = pairs.findIndex((pair) => keyOf(pair) === mark.key);
  const marked = known >= 0 ? known : Math.min(mark.index, pairs.length - 1);
  const buttons = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-compare]') ?? [])];
  const first = pairs[marked] && keyOf(pairs[marked]);
  // Opened, or the marked one was settled: the focus is where the work is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the marked pair is another one
  useEffect(() => {
    const free = document.activeElement === document.body || document.activeElement?.id === 'main';
    if (free) buttons()[marked]?.focus();
  }, [first]);
  const move = (by: number) => buttons()[Math.max(0, Math.min(pairs.length - 1, marked + by))]?.focus();
  useKeys({
    arrowdown: { label: 'the next pair', run: () => move(1) },
    arrowup: { label: 'the pair before', run: () => move(-1) },
    x: {
      label: 'not the same person',
      run: () => pairs[marked] && onTwoPeople(pairs[marked]),
    },
  });
  return (
    <ol className="mg-pairs" ref={list} aria-label="Likely duplicates">
      {pairs.map((pair, index) => (
        <li key={keyOf(pair)} data-selected={index === marked || undefined}>
          <div className="mg-two">
            {[pair.one, pair.other].map((hit) => (
              <div key={hit.patientId} className="mg-record">
                <HitFace hit={hit} />
              </div>
            ))}
          </div>
          <p className="mg-why">
            <Tag tone="wait">{pair.score} of 100 alike</Tag> {pair.why.join(', ')}
          </p>
          <div className="mg-do">
            <Button
              look={index === marked ? 'go' : 'plain'}
              data-compare=""
              aria-label={`Compare ${pair.one.fileName}, MRN ${pair.one.mrn}, with MRN ${pair.other.mrn}`}
              onFocus={() => setMark({ key: keyOf(pair), index })}
              onClick={() => onCompare(pair)}
            >
              Compare
            </Button>
            <Button
              look="quiet"
              aria-label={`Not the same person: MRN ${pair.one.mrn} and MRN ${pair.other.mrn}`}
              onFocus={() => setMark({ key: keyOf(pair), index })}
              onClick={() => onTwoPeople(pair)}
            >
              Not the same person
            </Button>
          </div>
        </li>
      ))}
    </ol>
  );
}
