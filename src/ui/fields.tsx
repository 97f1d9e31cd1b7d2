import { Checkbox, type InputWrapperProps, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type ComponentProps, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatClock, formatDate, formatMoney, formatPhone } from './format.ts';
import { clockMinutes, parseDate, parseMoney, parsePhone, parseTime } from './parse.ts';
import type { FormControl } from './use-form.ts';

export type FieldProps = {
  form: FormControl;
  /** Path in the values: `phone`, `address.zip`, `phones.0.number`. */
  path: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  /** Why it cannot be changed now; shown in place of the hint. */
  disabledReason?: string | false | null | undefined;
  autoFocus?: boolean;
  placeholder?: string;
};

const looks = {
  label: 'ui-field-label',
  description: 'ui-field-hint',
  error: 'ui-field-error',
  input: 'ui-field-input',
};

/** What every field hands to its Mantine input. */
function wire({ form, path, label, hint, required, disabledReason, autoFocus, placeholder }: FieldProps) {
  return {
    'data-form': form.id,
    'data-path': path,
    'data-autofocus': autoFocus || undefined,
    name: path,
    label,
    placeholder,
    description: disabledReason || hint,
    error: form.error(path),
    withAsterisk: required,
    'aria-required': required || undefined,
    readOnly: Boolean(disabledReason),
    onBlur: () => {
      if (asText(form.get(path)) !== '') form.touch(path);
    },
    classNames: looks,
    inputWrapperOrder: [
      'label',
      'input',
      'description',
      'error',
    ] satisfies InputWrapperProps['inputWrapperOrder'],
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export type TextFieldProps = FieldProps &
  Pick<ComponentProps<'input'>, 'type' | 'autoComplete' | 'inputMode' | 'maxLength'>;

export function TextField(props: TextFieldProps) {
  const { form, path, type, autoComplete = 'off', inputMode, maxLength } = props;
  return (
    <TextInput
      {...wire(props)}
      {...{ type, autoComplete, inputMode, maxLength }}
      value={asText(form.get(path))}
      onChange={(event) => form.set(path, event.currentTarget.value)}
    />
  );
}

export type TextAreaFieldProps = FieldProps & { rows?: number };

export function TextAreaField(props: TextAreaFieldProps) {
  const { form, path, rows = 3 } = props;
  return (
    <Textarea
      {...wire(props)}
      classNames={{ ...looks, input: 'ui-field-input ui-grows' }}
      rows={rows}
      value={asText(form.get(path))}
      onChange={(event) => form.set(path, event.currentTarget.value)}
    />
  );
}

type LooseProps = FieldProps & {
  /** What was typed → the exact value, or null. */
  parse: (typed: string) => string | null;
  /** The exact value → how it stands in the field. */
  show: (value: string) => string;
  inputMode?: 'numeric' | 'tel' | 'decimal' | 'text';
  autoComplete?: string;
};

/**
 * Typed loosely, kept exactly: the form holds the exact value as soon as it can be read, else what was typed, so
 * that the schema refuses it. Leaving the field writes the value in full.
 */
function LooseField({ parse, show, inputMode, autoComplete = 'off', ...props }: LooseProps) {
  const { form, path } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const value = asText(form.get(path));
  const wired = wire(props);
  return (
    <TextInput
      {...wired}
      {...{ inputMode, autoComplete }}
      value={typed ?? (value === '' ? '' : show(value))}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        form.set(path, text.trim() === '' ? '' : (parse(text) ?? text));
      }}
      onBlur={() => {
        setTyped(null);
        wired.onBlur();
      }}
    />
  );
}

export type DateFieldProps = FieldProps & { today: string; years?: 'past' | 'near' };

/** Value: `YYYY-MM-DD`. Typed as `3/4/61`, `03041961`, `+3w`. */
export function DateField({ today, years, ...props }: DateFieldProps) {
  return (
    <LooseField
      placeholder="MM/DD/YYYY"
      inputMode="text"
      {...props}
      parse={(typed) => parseDate(typed, { today, years })}
      show={(value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? formatDate(value) : value)}
    />
  );
}

/** Value: `HH:MM`. Typed as `9`, `915`, `1p`. */
export function TimeField(props: FieldProps) {
  return (
    <LooseField
      placeholder="9:15 am"
      {...props}
      parse={parseTime}
      show={(value) => (/^\d\d:\d\d$/.test(value) ? formatClock(clockMinutes(value)) : value)}
    />
  );
}

/** Value: E.164, `+15550102233`. */
export function PhoneField(props: FieldProps) {
  return (
    <LooseField
      placeholder="(555) 010-2233"
      inputMode="tel"
      {...props}
      parse={parsePhone}
      show={(value) => formatPhone(value)}
    />
  );
}

/** Value: integer cents, as a number; '' when empty. */
export function MoneyField(props: FieldProps) {
  const { form, path } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const value = form.get(path);
  const wired = wire({ placeholder: '$0.00', ...props });
  return (
    <TextInput
      {...wired}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? (typeof value === 'number' ? formatMoney(value) : asText(value))}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        form.set(path, text.trim() === '' ? '' : (parseMoney(text) ?? text));
      }}
      onBlur={() => {
        setTyped(null);
        wired.onBlur();
      }}
    />
  );
}

export type Choice = { value: string; label: string; disabled?: boolean };

export type SelectFieldProps = FieldProps & {
  choices: readonly Choice[];
  /** Typing narrows the list; on by default when there are more than seven. */
  searchable?: boolean;
  clearable?: boolean;
  onChosen?: (value: string) => void;
};

/**
 * What a plain Enter takes while the list has marked nothing yet: a hand is quicker, and must not send the form
 * instead. Where nothing was typed nothing is meant.
 */
function firstFit(event: KeyboardEvent<HTMLInputElement>, choices: readonly Choice[], chosen: string) {
  const input = event.currentTarget;
  const typed = input.value.trim().toLowerCase();
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || typed === '') return undefined;
  if (choices.some(({ value, label }) => value === chosen && label.toLowerCase() === typed)) return undefined;
  if (input.getAttribute('aria-expanded') !== 'true') return undefined;
  const list = document.getElementById(input.getAttribute('aria-controls') ?? '');
  if (list?.querySelector('[data-combobox-selected]')) return undefined;
  return choices.find(({ label, disabled }) => !disabled && label.toLowerCase().includes(typed));
}

/** Value: the chosen `value`, '' when none. */
export function SelectField(props: SelectFieldProps) {
  const { form, path, choices, searchable = choices.length > 7, clearable, onChosen } = props;
  const chosen = asText(form.get(path));
  const choose = (value: string | null) => {
    form.set(path, value ?? '');
    if (value) onChosen?.(value);
  };
  return (
    <Select
      {...wire(props)}
      data={[...choices]}
      {...{ searchable, clearable }}
      allowDeselect={false}
      selectFirstOptionOnChange
      nothingFoundMessage="Nothing fits. Try fewer letters."
      comboboxProps={{ transitionProps: { duration: 0 } }}
      maxDropdownHeight={320}
      // What is typed replaces the choice instead of adding to its words
      onFocus={(event) => event.currentTarget.select()}
      value={chosen || null}
      onKeyDown={(event) => {
        const first = searchable && firstFit(event, choices, chosen);
        if (!first) return;
        event.preventDefault();
        choose(first.value);
      }}
      onChange={choose}
    />
  );
}

/** Value: boolean. */
export function CheckboxField({ form, path, label, hint, disabledReason }: FieldProps) {
  return (
    <Checkbox
      data-form={form.id}
      data-path={path}
      name={path}
      label={label}
      description={disabledReason || hint}
      error={form.error(path)}
      disabled={Boolean(disabledReason)}
      checked={form.get(path) === true}
      onChange={(event) => form.set(path, event.currentTarget.checked)}
    />
  );
}

/** What refused the whole form, above its fields. */
export function FormError({ form }: { form: { formError: string | null } }) {
  const { formError } = form;
  const shown = useRef<HTMLDivElement>(null);
  // It stands at the top of a form that may be scrolled to its end.
  useEffect(() => {
    if (formError) shown.current?.scrollIntoView?.({ block: 'nearest' });
  }, [formError]);
  if (!formError) return null;
  return (
    <div className="ui-form-error" role="alert" ref={shown}>
      {formError}
    </div>
  );
}
