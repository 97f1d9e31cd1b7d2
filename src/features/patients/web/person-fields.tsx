import { useEffect, useRef } from 'react';
import { isDate } from '../../../platform/calendar/dates.ts';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckboxField, DateField, PhoneField, SelectField, TextField } from '../../../ui/fields.tsx';
import type { Form } from '../../../ui/use-form.ts';
import { lookUpZip } from '../api.ts';
import { comesOfAgeOn } from '../families/rules.ts';
import * as choices from './choices.ts';
import { PatientPicker } from './patient-search.tsx';
import { emptyAddress, emptyContact, emptyPhone, type PersonValues } from './person-values.ts';
import { useToday } from './use-patient-search.ts';

export type PersonForm = Form<PersonValues>;
type Props = { form: PersonForm };

/** What every registration asks: who it is. */
export function NameFields({ form, autoFocus }: Props & { autoFocus?: boolean }) {
  const today = useToday();
  return (
    <div className="pt-fields">
      <TextField {...{ form, autoFocus }} path="familyName" label="Last name" required />
      <TextField form={form} path="givenName" label="First name" />
      <DateField form={form} path="bornOn" label="Birth date" {...{ today }} years="past" />
      <SelectField form={form} path="sex" label="Sex" choices={choices.sexChoices} searchable />
    </div>
  );
}

/** The rest of the names, and how the person is called and spoken of. */
export function MoreNameFields({ form }: Props) {
  const { values } = form;
  return (
    <div className="pt-fields">
      <TextField form={form} path="middleName" label="Middle name" />
      <TextField form={form} path="suffix" label="Suffix" placeholder="Jr., III" />
      <TextField form={form} path="preferredName" label="Called" hint="when it is not the first name" />
      <SelectField
        form={form}
        path="pronouns"
        label="Pronouns"
        choices={choices.pronounChoices(values.pronouns)}
        clearable
        searchable
      />
      <TextField form={form} path="genderIdentity" label="Gender identity" hint="in the person’s own words" />
      <TextField form={form} path="formerNames" label="Former names" hint="several: put ; between them" />
    </div>
  );
}

export function LanguageFields({ form }: Props) {
  const { values } = form;
  return (
    <div className="pt-fields">
      <SelectField
        form={form}
        path="language"
        label="Language"
        choices={choices.languageChoices(values.language)}
        searchable
      />
      <SelectField
        form={form}
        path="maritalStatus"
        label="Marital status"
        choices={choices.maritalChoices(values.maritalStatus)}
        clearable
        searchable
      />
      <CheckboxField form={form} path="interpreterNeeded" label="Needs an interpreter" />
    </div>
  );
}

/** One phone to begin with; more by a button. */
export function PhoneFields({ form, brief }: Props & { brief?: boolean }) {
  const { phones } = form.values;
  return (
    <>
      {phones.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
        <div className="pt-fields" key={index}>
          <PhoneField
            form={form}
            path={`phones.${index}.number`}
            label={index === 0 ? 'Phone' : 'Another phone'}
          />
          {!brief && (
            <>
              <SelectField
                form={form}
                path={`phones.${index}.kind`}
                label="Kind"
                choices={choices.phoneKindChoices}
              />
              <TextField form={form} path={`phones.${index}.note`} label="Note" placeholder="after 5 pm" />
              <div className="pt-checks">
                <CheckboxField form={form} path={`phones.${index}.preferred`} label="Call this one first" />
                <CheckboxField form={form} path={`phones.${index}.mayText`} label="May text" />
                <CheckboxField
                  form={form}
                  path={`phones.${index}.mayLeaveVoicemail`}
                  label="May leave voicemail"
                />
              </div>
            </>
          )}
          {index === 0 && <TextField form={form} path="email" label="E-mail" type="email" />}
        </div>
      ))}
      {!brief && phones.length < 10 && (
        <Button look="quiet" icon="plus" onClick={() => form.set('phones', [...phones, emptyPhone])}>
          Another phone
        </Button>
      )}
    </>
  );
}

/** City and state come with the ZIP code where it is known; what was typed by hand stays. */
function useZipFills(form: PersonForm, index: number): void {
  const address = form.values.addresses[index] ?? emptyAddress;
  const zip = address.zip.slice(0, 5);
  const known = /^\d{5}$/.test(zip);
  const { data, isPlaceholderData } = useRead(lookUpZip, { body: { zip } }, { topics: [], enabled: known });
  const filled = useRef({ zip: address.city === '' ? '' : zip, city: address.city });
  useEffect(() => {
    const place = data?.places[0];
    if (!known || !place || isPlaceholderData || filled.current.zip === zip) return;
    if (address.city !== '' && address.city !== filled.current.city) return;
    filled.current = { zip, city: place.city };
    form.set(`addresses.${index}.city`, place.city);
    form.set(`addresses.${index}.state`, place.state);
  }, [data, isPlaceholderData, known, zip, address.city, form, index]);
}

function AddressRow({ form, index, brief }: Props & { index: number; brief?: boolean | undefined }) {
  const at = `addresses.${index}`;
  useZipFills(form, index);
  return (
    <div className="pt-fields">
      {!brief && (
        <SelectField form={form} path={`${at}.kind`} label="Kind" choices={choices.addressKindChoices} />
      )}
      <TextField form={form} path={`${at}.line1`} label="Street" />
      {!brief && <TextField form={form} path={`${at}.line2`} label="Apartment" />}
      <TextField form={form} path={`${at}.zip`} label="ZIP" inputMode="numeric" />
      <TextField form={form} path={`${at}.city`} label="City" />
      <SelectField
        form={form}
        path={`${at}.state`}
        label="State"
        choices={choices.stateChoices}
        searchable
        clearable
      />
    </div>
  );
}

export function AddressFields({ form, brief }: Props & { brief?: boolean }) {
  const { addresses } = form.values;
  return (
    <>
      {addresses.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
        <AddressRow key={index} {...{ form, index, brief }} />
      ))}
      {!brief && addresses.length < 6 && (
        <Button
          look="quiet"
          icon="plus"
          onClick={() => form.set('addresses', [...addresses, { ...emptyAddress, kind: 'mailing' }])}
        >
          Another address
        </Button>
      )}
    </>
  );
}

export function ContactFields({ form }: Props) {
  const { contacts } = form.values;
  return (
    <>
      {contacts.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
        <div className="pt-fields" key={index}>
          <TextField form={form} path={`contacts.${index}.name`} label="Contact’s name" />
          <PhoneField form={form} path={`contacts.${index}.phone`} label="Contact’s phone" />
          <TextField
            form={form}
            path={`contacts.${index}.relationship`}
            label="Relationship"
            placeholder="wife"
          />
          <SelectField
            form={form}
            path={`contacts.${index}.kind`}
            label="Is"
            choices={choices.contactKindChoices}
          />
        </div>
      ))}
      {contacts.length < 10 && (
        <Button look="quiet" icon="plus" onClick={() => form.set('contacts', [...contacts, emptyContact])}>
          Another contact
        </Button>
      )}
    </>
  );
}

/** Who pays what insurance does not. */
export function GuarantorFields({ form }: Props) {
  const { who, name, patientId } = form.values.guarantor;
  const today = useToday();
  const { bornOn } = form.values;
  const isMinor = isDate(bornOn) && today < comesOfAgeOn(bornOn);
  return (
    <>
      <div className="pt-fields">
        <SelectField form={form} path="guarantor.who" label="Who pays" choices={choices.guarantorChoices} />
        {who !== 'self' && (
          <TextField form={form} path="guarantor.relationship" label="Relationship" placeholder="mother" />
        )}
      </div>
      {isMinor && who === 'self' && <p className="ui-dim">A minor does not pay alone: name who does.</p>}
      {who === 'patient' &&
        (patientId ? (
          <p className="pt-picked">
            {name || 'A patient of the practice'}{' '}
            <Button look="quiet" onClick={() => form.set('guarantor.patientId', '')}>
              Choose another
            </Button>
          </p>
        ) : (
          <PatientPicker
            label="Which patient"
            {...(form.error('guarantor') ? { error: 'Choose a patient.' } : {})}
            onPick={(hit) => {
              form.set('guarantor.patientId', hit.patientId);
              form.set('guarantor.name', hit.callName);
            }}
          />
        ))}
      {who === 'person' && (
        <div className="pt-fields">
          <TextField form={form} path="guarantor.name" label="Payer’s name" required />
          <PhoneField form={form} path="guarantor.phone" label="Payer’s phone" />
          <DateField
            form={form}
            path="guarantor.bornOn"
            label="Payer’s birth date"
            {...{ today }}
            years="past"
          />
          <TextField form={form} path="guarantor.address.line1" label="Payer’s street" />
          <TextField form={form} path="guarantor.address.zip" label="Payer’s ZIP" inputMode="numeric" />
          <TextField form={form} path="guarantor.address.city" label="Payer’s city" />
          <SelectField
            form={form}
            path="guarantor.address.state"
            label="Payer’s state"
            choices={choices.stateChoices}
            searchable
            clearable
          />
        </div>
      )}
    </>
  );
}
