import { useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { PhoneField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx';
import { formatPhone } from '../../../ui/format.ts';
import type { Form } from '../../../ui/use-form.ts';
import { stateChoices } from '../../patients/web/choices.ts';
import type { Contact } from '../schema.ts';
import {
  type ContactValues,
  emptyContactPhone,
  kindChoices,
  phoneKindChoices,
  reachChoices,
} from './contact-values.ts';
import { useContactSearch } from './use-contact-search.ts';

type Props = { form: Form<ContactValues> };

/** Who it is: a person with where they work, or an organization. */
export function WhoFields({ form }: Props) {
  const isPlace = form.values.kind === 'organization';
  return (
    <>
      <div className="ct-fields">
        <SelectField form={form} path="kind" label="Kind" choices={kindChoices} />
        {isPlace ? (
          <TextField form={form} path="organizationName" label="Name" required autoFocus />
        ) : (
          <>
            <TextField form={form} path="familyName" label="Last name" required autoFocus />
            <TextField form={form} path="givenName" label="First name" />
            <TextField form={form} path="middleName" label="Middle name" />
            <TextField form={form} path="credentials" label="Credentials" placeholder="MD" />
          </>
        )}
        <TextField form={form} path="specialty" label={isPlace ? 'What it is' : 'Specialty'} />
        <TextField form={form} path="npi" label="NPI" inputMode="numeric" hint="ten digits" />
      </div>
      {!isPlace && <WorksAt form={form} />}
    </>
  );
}

/** The organization of the directory, or only its name. */
function WorksAt({ form }: Props) {
  const { organizationId, organizationName, organizationShown } = form.values;
  const place = useRef<HTMLDivElement>(null);
  const typed = organizationName.trim();
  const asks = organizationId === '' && typed.length > 1;
  const found = useContactSearch(typed, { kind: 'organization', limit: 5, enabled: asks });
  const choose = ({ contactId, organizationName: name }: Contact) => {
    form.setAll({ organizationId: contactId, organizationShown: name, organizationName: '' });
    place.current?.focus();
  };
  if (organizationId !== '') {
    return (
      <div className="ct-works" ref={place} tabIndex={-1}>
        Works at <b>{organizationShown}</b>
        <Button
          look="quiet"
          onClick={() => form.setAll({ organizationId: '', organizationName: organizationShown })}
        >
          Change
        </Button>
      </div>
    );
  }
  return (
    <div className="ct-works-typed" ref={place} tabIndex={-1}>
      <TextField
        form={form}
        path="organizationName"
        label="Works at"
        hint="One of the directory brings its numbers along."
      />
      {asks && found.contacts.length > 0 && (
        <ul aria-label="Organizations here">
          {found.contacts.map((one) => (
            <li key={one.contactId}>
              <Button look="quiet" icon="building" onClick={() => choose(one)}>
                {one.organizationName}
                {one.address.city && `, ${one.address.city}`}
                {one.phones[0] && ` · ${formatPhone(one.phones[0].number)}`}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** How they are reached, and where they are. */
export function ReachFields({ form }: Props) {
  const { phones } = form.values;
  return (
    <>
      {phones.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
        <div className="ct-fields" key={index}>
          <PhoneField
            form={form}
            path={`phones.${index}.number`}
            label={index === 0 ? 'Phone' : `Phone ${index + 1}`}
          />
          <SelectField
            form={form}
            path={`phones.${index}.kind`}
            label={index === 0 ? 'Phone is' : `Phone ${index + 1} is`}
            choices={phoneKindChoices}
          />
          <TextField
            form={form}
            path={`phones.${index}.note`}
            label={index === 0 ? 'About this phone' : `About phone ${index + 1}`}
          />
        </div>
      ))}
      {phones.length < 6 && (
        <Button
          className="ct-more"
          look="quiet"
          icon="plus"
          onClick={() => form.set('phones', [...phones, emptyContactPhone])}
        >
          Another phone
        </Button>
      )}
      <div className="ct-fields">
        <PhoneField form={form} path="fax" label="Fax" />
        <TextField form={form} path="email" label="E-mail" type="email" />
        <SelectField
          form={form}
          path="reach"
          label="Prefers to be reached"
          choices={reachChoices}
          clearable
        />
      </div>
      <div className="ct-fields">
        <TextField form={form} path="address.line1" label="Street" />
        <TextField form={form} path="address.line2" label="Suite" />
        <TextField form={form} path="address.zip" label="ZIP" inputMode="numeric" />
        <TextField form={form} path="address.city" label="City" />
        <SelectField
          form={form}
          path="address.state"
          label="State"
          choices={stateChoices}
          searchable
          clearable
        />
      </div>
      <TextAreaField form={form} path="note" label="Note" rows={2} />
    </>
  );
}
