import { useEffect } from 'react';
import type { ZodType } from 'zod';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { type FormValues, useForm } from '../../../../ui/use-form.ts';
import type { StepProps } from './step-frame.tsx';

type Options<V extends FormValues, Out> = {
  initial: V;
  schema: ZodType<Out>;
  save: (out: Out) => Promise<unknown>;
};

/** The form of a step: what is typed stays while someone looks elsewhere, and goes once it is kept. */
export function useStep<V extends FormValues, Out>(
  { step, onNext }: StepProps,
  { initial, schema, save }: Options<V, Out>,
) {
  const draft = useDraft<V>(`set-up ${step}`);
  const form = useForm({
    initial: draft.initial ?? initial,
    schema,
    onSubmit: async (out: Out) => {
      await save(out);
      draft.drop();
      await onNext();
    },
  });
  const { values, dirty } = form;
  useEffect(() => {
    if (dirty) draft.keep(values);
  }, [draft.keep, values, dirty]);
  return form;
}

/** A list of the values without one of its rows. */
export const without = <T>(rows: readonly T[], at: number): T[] => rows.filter((_, index) => index !== at);
