import './start.css';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { FormError } from '../../../../ui/fields.tsx';
import type { Form, FormValues } from '../../../../ui/use-form.ts';
import { type StepKey, stepBefore, stepLabels } from '../rules.ts';

/** What every step is given: where it is, and ways on. */
export type StepProps = {
  step: StepKey;
  /** Kept: go on to the next. */
  onNext: () => Promise<unknown>;
  onGo: (step: StepKey) => void;
};

type StepFrameProps<V extends FormValues> = StepProps & {
  form: Form<V>;
  text: ReactNode;
  children: ReactNode;
  /** What is there already, from before. */
  known?: readonly string[];
  submitLabel?: string;
  aside?: ReactNode;
};

/** A step: what it is about, its fields, and back, skip, keep. Enter in a field keeps it. */
export function StepFrame<V extends FormValues>(props: StepFrameProps<V>) {
  const { step, form, text, children, known = [], submitLabel = 'Keep and go on', aside } = props;
  const place = useRef<HTMLFormElement>(null);
  // Each step begins in its first empty field, or its first.
  useEffect(() => {
    // Where Enter keeps the step: in a drop-down it would open that.
    const fields = [
      ...(place.current?.querySelectorAll<HTMLInputElement>(
        'input:not([type=hidden], [type=checkbox], [aria-haspopup])',
      ) ?? []),
    ];
    (fields.find((field) => field.value === '') ?? fields[0])?.focus();
  }, []);
  const submit = (event: FormEvent) => form.submit(event);
  const back = stepBefore(step);
  return (
    <form ref={place} className="start-step" onSubmit={submit} noValidate aria-label={stepLabels[step]}>
      <h2>{stepLabels[step]}</h2>
      <p>{text}</p>
      {known.length > 0 && <p className="start-known">Already there: {known.join(', ')}.</p>}
      <FormError form={form} />
      {children}
      <div className="start-foot">
        <Button type="submit" look="go" busy={form.submitting}>
          {submitLabel}
        </Button>
        {step !== 'visit' && (
          <Button look="quiet" onClick={() => void props.onNext()}>
            {known.length > 0 ? 'Go on' : 'Skip'}
          </Button>
        )}
        {back && (
          <Button look="quiet" onClick={() => props.onGo(back)}>
            Back
          </Button>
        )}
        {aside}
      </div>
    </form>
  );
}

/** Take a row away, or add one more. */
export function RowButtons({ onAdd, what }: { onAdd: () => void; what: string }) {
  return (
    <div>
      <Button icon="plus" onClick={onAdd}>
        Another {what}
      </Button>
    </div>
  );
}

export function RemoveRow({ name, onRemove }: { name: string; onRemove: () => void }) {
  return <Button look="quiet" icon="cross" aria-label={`Remove ${name}`} title="Remove" onClick={onRemove} />;
}
