import { useEffect, useState } from 'react';
import type { PatientRecord } from '../../api.ts';
import {
  type Choices,
  type ChosenField,
  chosenFields,
  differingFields,
  suggestChoice,
  suggestSurvivor,
} from '../rules.ts';

/**
 * Two records side by side: which one stays and whose value of each field is kept. What someone chose stays chosen
 * when either record changes meanwhile; everything else follows the suggestion.
 */
export function useComparison(one: PatientRecord, other: PatientRecord) {
  const [stays, setStays] = useState<string>();
  const [chosen, setChosen] = useState<Choices>({});
  const [seen, setSeen] = useState({ one: one.version, other: other.version });
  const suggested = suggestSurvivor(one, other).patientId;
  const survivor = (stays ?? suggested) === other.patientId ? other : one;
  const gone = survivor === one ? other : one;
  const fields = differingFields(one, other);
  const choiceOf = (field: ChosenField) => chosen[field] ?? suggestChoice(field, survivor, gone);
  const pair = `${one.patientId} ${other.patientId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair begins anew
  useEffect(() => {
    setStays(undefined);
    setChosen({});
    setSeen({ one: one.version, other: other.version });
  }, [pair]);
  return {
    survivor,
    gone,
    fields,
    same: chosenFields.filter((field) => !fields.includes(field)),
    choiceOf,
    /** One of them was changed since it was first shown here. */
    changed: seen.one !== one.version || seen.other !== other.version,
    choose: (field: ChosenField, patientId: string) => setChosen((all) => ({ ...all, [field]: patientId })),
    takeAll: (patientId: string) =>
      setChosen(Object.fromEntries(fields.map((field) => [field, patientId] as const))),
    swap: () => setStays(gone.patientId),
    choices: (): Choices => Object.fromEntries(fields.map((field) => [field, choiceOf(field)] as const)),
  };
}

export type Comparison = ReturnType<typeof useComparison>;
