import { transliterate } from '../segments/rules.ts';
import { measure } from '../templates/rules.ts';

/** How many parts a text takes on the air, and what makes it long. */
export function SegmentCount({ body }: { body: string }) {
  const { segments, units, left, encoding, odd } = measure(body);
  const plain = transliterate(body);
  return (
    <p className="ms-count" data-tone={segments > 2 ? 'wait' : undefined} aria-live="off">
      <span className="ui-num">
        {units} {units === 1 ? 'letter' : 'letters'} · {segments} {segments === 1 ? 'part' : 'parts'} · {left}{' '}
        left
      </span>
      {encoding === 'UCS-2' && <span> · “{odd}” makes it long: 70 letters a part</span>}
      {encoding === 'GSM-7' && plain !== body && <span> · goes out with plain letters</span>}
    </p>
  );
}
