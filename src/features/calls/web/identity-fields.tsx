import { Checkbox } from '@mantine/core';
import { formatDate } from '../../../ui/format.ts';
import type { FormControl } from '../../../ui/use-form.ts';
import type { PatientCard } from '../../patients/api.ts';
import { identifierWords } from '../rules.ts';
import type { IdentifierKind } from '../schema.ts';

/** What the record says, for whoever asks: the caller says it first. */
function factsOf(card: PatientCard): readonly (readonly [IdentifierKind, string])[] {
  return [
    ['born-on', card.bornOn ? formatDate(card.bornOn) : ''],
    ['phone', card.phones.map((phone) => phone.number.slice(-4)).join(' or ')],
    ['address', card.hasAddress ? 'see the record' : ''],
    ['mrn', card.mrn],
  ];
}

type Props = {
  form: Pick<FormControl, 'get' | 'set' | 'error'>;
  card: PatientCard;
};

/** Two identifiers, asked for and heard; or that it could not be proved. */
export function IdentityFields({ form, card }: Props) {
  const chosen = (form.get('identifiers') ?? []) as readonly IdentifierKind[];
  const failed = form.get('failed') === true;
  const turn = (kind: IdentifierKind, on: boolean) =>
    form.set('identifiers', on ? [...chosen, kind] : chosen.filter((one) => one !== kind));
  return (
    <fieldset className="cl-identity">
      <legend className="ui-field-label">Let them say two of these</legend>
      {factsOf(card).map(([kind, fact]) => (
        <Checkbox
          key={kind}
          label={
            <>
              {identifierWords[kind]} <span className="ui-dim ui-num">{fact}</span>
            </>
          }
          disabled={fact === ''}
          checked={chosen.includes(kind)}
          onChange={(event) => turn(kind, event.currentTarget.checked)}
        />
      ))}
      <Checkbox
        label="could not prove it"
        checked={failed}
        onChange={(event) => form.set('failed', event.currentTarget.checked)}
      />
      {form.error('identifiers') && (
        <p role="alert" className="ui-field-error">
          {form.error('identifiers')}
        </p>
      )}
    </fieldset>
  );
}
