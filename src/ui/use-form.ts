import { type FormEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { ZodType } from 'zod';
import { errorsByPath, type FieldErrors, followed, getPath, refusedFields, setPath } from './form-values.ts';

export type FormValues = Record<string, unknown>;

export type UseFormOptions<V extends FormValues, Out> = {
  initial: V;
  schema: ZodType<Out>;
  /** Of what is edited: where it grows, a colleague saved it, and what is not touched here follows `initial`. */
  version?: number;
  /** Throw (or reject) to refuse: `message` is shown above the form, `fields` or `detail.fields` at the fields. */
  onSubmit: (parsed: Out, values: V) => Promise<unknown> | unknown;
};

/** What the fields need; a form of any values fits. */
export type FormControl = {
  id: string;
  get: (path: string) => unknown;
  set: (path: string, value: unknown) => void;
  touch: (path: string) => void;
  error: (path: string) => string | undefined;
};

export type Form<V extends FormValues> = FormControl & {
  values: V;
  /** Errors shown now, by path: those of touched fields, all after a try to submit. */
  errors: FieldErrors;
  /** What refused the whole form. */
  formError: string | null;
  dirty: boolean;
  valid: boolean;
  submitting: boolean;
  setAll: (change: Partial<V>) => void;
  reset: (values?: V) => void;
  submit: (event?: FormEvent) => void;
};

export function useForm<V extends FormValues, Out>(options: UseFormOptions<V, Out>): Form<V> {
  const { initial, schema, version, onSubmit } = options;
  const id = useId();
  const { base, setBase, values, setValues } = useValues(initial, version);
  const [submitting, setSubmitting] = useState(false);
  const sending = useRef(false);
  const { own, errors, formError, touch, forget, refuse } = useFormErrors(id, schema, values);

  const set = (path: string, value: unknown) => {
    setValues((now) => setPath(now, path, value));
    forget(path);
  };
  const setAll = (change: Partial<V>) => setValues((now) => ({ ...now, ...change }));
  const reset = (to: V = base) => {
    setBase(to);
    setValues(to);
    forget();
  };
  const send = async () => {
    const parsed = schema.safeParse(values);
    if (sending.current) return;
    if (!parsed.success) return refuse(notRefused);
    sending.current = true;
    setSubmitting(true);
    try {
      await onSubmit(parsed.data, values);
      setBase(values);
      forget();
    } catch (error) {
      refuse(refusedFields(error));
    } finally {
      sending.current = false;
      setSubmitting(false);
    }
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    void send();
  };
  const dirty = JSON.stringify(values) !== JSON.stringify(base);
  const valid = Object.keys(own).length === 0;
  const get = (path: string) => getPath(values, path);
  const error = (path: string) => errors[path];
  return {
    id,
    values,
    errors,
    formError,
    dirty,
    valid,
    submitting,
    get,
    error,
    set,
    touch,
    setAll,
    reset,
    submit,
  };
}

function useValues<V>(initial: V, version: number | undefined) {
  const [base, setBase] = useState(initial);
  const [values, setValues] = useState(initial);
  const [seen, setSeen] = useState(version);
  if (version !== seen) {
    setSeen(version);
    setBase(initial);
    setValues(followed(base, values, initial));
  }
  return { base, setBase, values, setValues };
}

type Refused = { fields: FieldErrors; form: string | null };

const notRefused: Refused = { fields: {}, form: null };

/** The form's own errors and the server's; a field shows its own once it was left, or a submit was tried. */
function useFormErrors(id: string, schema: ZodType, values: FormValues) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(0);
  const [refused, setRefused] = useState(notRefused);
  const own = useMemo(() => errorsByPath(schema, values), [schema, values]);
  const shown =
    tried > 0 ? own : Object.fromEntries(Object.entries(own).filter(([path]) => touched.has(path)));
  const errors: FieldErrors = { ...shown, ...refused.fields };
  useFocusFirstError(id, tried, errors);

  const touch = useCallback((path: string) => setTouched((now) => new Set(now).add(path)), []);
  const refuse = useCallback((refusal: Refused) => {
    setRefused(refusal);
    setTried((count) => count + 1);
  }, []);
  const forget = useCallback((path?: string) => {
    if (path !== undefined) {
      return setRefused(({ fields: { [path]: _, ...fields }, form }) => ({ fields, form }));
    }
    setTouched(new Set());
    setTried(0);
    setRefused(notRefused);
  }, []);
  return { own, errors, formError: refused.form, touch, forget, refuse };
}

/** After a try that failed, the first field that needs a hand takes the focus. */
function useFocusFirstError(id: string, tried: number, errors: FieldErrors): void {
  const latest = useRef(errors);
  latest.current = errors;
  useEffect(() => {
    if (tried === 0) return;
    const fields = [...document.querySelectorAll<HTMLElement>(`[data-form="${CSS.escape(id)}"]`)];
    fields.find((field) => latest.current[field.dataset.path ?? ''] !== undefined)?.focus();
  }, [id, tried]);
}
