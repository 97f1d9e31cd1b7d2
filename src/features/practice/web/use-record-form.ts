import { useEffect, useRef, useState } from 'react';
import type { ZodType } from 'zod';
import { CallFailed } from '../../../platform/web/call.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { type Form, type FormValues, useForm } from '../../../ui/use-form.ts';

export type RecordForm<V extends FormValues> = {
  form: Form<V>;
  /** The record as someone else left it meanwhile; null when nobody did. */
  theirs: V | null;
  keepMine: () => void;
  takeTheirs: () => void;
  /** What was typed here before and not saved stands in the form again. */
  hasDraft: boolean;
  startAgain: () => void;
};

type Options<Row extends { version: number }, V extends FormValues, Out> = {
  /** One per record; ids only. */
  draftKey: string;
  /** null: a new record. */
  row: Row | null;
  rowShape: ZodType<Row>;
  valuesOf: (row: Row | null) => V;
  schema: ZodType<Out>;
  save: (out: Out, version: number | null) => Promise<unknown>;
  onDone: () => void;
};

/** A form over a versioned record: its draft outlasts the dialog, and a stale refusal shows both and goes on. */
export function useRecordForm<Row extends { version: number }, V extends FormValues, Out>(
  options: Options<Row, V, Out>,
): RecordForm<V> {
  const { draftKey, row, rowShape, valuesOf, schema, save, onDone } = options;
  const draft = useDraft<V>(draftKey);
  const [hasDraft, setHasDraft] = useState(draft.initial !== undefined);
  const version = useRef(row?.version ?? null);
  const [theirs, setTheirs] = useState<Row | null>(null);
  const base = useRef(valuesOf(row));
  const form: Form<V> = useForm<V, Out>({
    initial: draft.initial ?? valuesOf(row),
    schema,
    onSubmit: async (out, values) => {
      try {
        await save(out, version.current);
        draft.drop();
        onDone();
      } catch (error) {
        const current = currentOf(error, rowShape);
        if (current) {
          const now = valuesOf(current);
          // What was not changed here follows the other person; only what both may mean is asked about.
          form.setAll(untouched(base.current, values, now));
          base.current = now;
        }
        setTheirs(current);
        throw error;
      }
    },
  });
  const { dirty, values } = form;
  useEffect(() => {
    if (dirty) draft.keep(values);
  }, [dirty, values, draft.keep]);

  const seeTheirs = () => {
    version.current = theirs?.version ?? version.current;
    setTheirs(null);
  };
  return {
    form,
    theirs: theirs && valuesOf(theirs),
    keepMine: () => {
      seeTheirs();
      form.submit();
    },
    takeTheirs: () => {
      seeTheirs();
      draft.drop();
      form.reset(valuesOf(theirs));
    },
    hasDraft,
    startAgain: () => {
      draft.drop();
      setHasDraft(false);
      form.reset(valuesOf(row));
    },
  };
}

function currentOf<Row>(error: unknown, shape: ZodType<Row>): Row | null {
  if (!(error instanceof CallFailed) || error.code !== 'stale') return null;
  const read = shape.safeParse(error.detail.current);
  return read.success ? read.data : null;
}

/** Theirs, of the fields that still are as this form began. */
function untouched<V extends FormValues>(began: V, mine: V, theirs: V): Partial<V> {
  const same = (key: string) => JSON.stringify(began[key]) === JSON.stringify(mine[key]);
  // A part of V by construction.
  return Object.fromEntries(Object.entries(theirs).filter(([key]) => same(key))) as Partial<V>;
}
