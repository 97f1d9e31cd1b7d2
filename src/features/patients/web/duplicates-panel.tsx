import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useRested } from '../../../ui/typing.ts';
import { type DuplicateOffer, findDuplicates } from '../api.ts';
import { toE164 } from '../schema.ts';
import { HitFace } from './hit-list.tsx';
import type { PersonValues } from './person-values.ts';

/** Who of those here may be the one in the form; asked when the form rests, empty until there is enough to ask. */
export function useDuplicates(values: PersonValues): readonly DuplicateOffer[] {
  const { familyName, givenName, bornOn, email } = values;
  const draft = useRested(
    JSON.stringify({
      familyName,
      givenName,
      bornOn: /^\d{4}-\d\d-\d\d$/.test(bornOn) ? bornOn : '',
      phones: values.phones.map((phone) => phone.number).filter((number) => toE164(number) !== null),
      email: email.includes('@') ? email : '',
    }),
    250,
  );
  const body = JSON.parse(draft) as { familyName: string; givenName: string; bornOn: string };
  const enough = body.familyName !== '' && (body.givenName !== '' || body.bornOn !== '');
  const { data } = useRead(findDuplicates, { body }, { topics: ['patients'], enabled: enough });
  return enough ? (data?.duplicates ?? []) : [];
}

export type DuplicatesPanelProps = {
  offers: readonly DuplicateOffer[];
  /** Someone said that these are other people. */
  settled: boolean;
  onOpen: (offer: DuplicateOffer) => void;
  onOther: () => void;
};

/** Beside the form: who is here already and looks the same, each with why. */
export function DuplicatesPanel({ offers, settled, onOpen, onOther }: DuplicatesPanelProps) {
  if (offers.length === 0) return null;
  return (
    <section className="pt-duplicates" aria-label="Already here?" data-settled={settled || undefined}>
      <h2>
        <Icon name={settled ? 'check' : 'warning'} size={16} /> {settled ? 'Another person' : 'Already here?'}
      </h2>
      <ul>
        {offers.map((offer) => (
          <li key={offer.hit.patientId}>
            <button type="button" className="pt-duplicate" onClick={() => onOpen(offer)}>
              <HitFace hit={{ ...offer.hit, matched: offer.why }} />
            </button>
          </li>
        ))}
      </ul>
      {!settled && (
        <Button onClick={onOther} aria-keyshortcuts="Alt+O">
          {offers.length === 1 ? 'This is another person' : 'These are other people'}
        </Button>
      )}
    </section>
  );
}
