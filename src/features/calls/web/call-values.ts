import { z } from 'zod';
import {
  CallDraft,
  type Caller,
  type CallerKind,
  callerKinds,
  type IdentifierKind,
  type Identity,
  type NewCall,
} from '../schema.ts';
import { callerFields, owedOf, promiseOf, reasonOf, type TakingDesk } from '../taking/rules.ts';

/** A call as its form holds it. */
export type CallValues = {
  /** who of the list; null: nobody yet, or a stranger */
  caller: Caller | null;
  /** what stands in the field of who calls */
  typed: string;
  /** taken as typed: nobody here */
  stranger: boolean;
  callerKind: CallerKind;
  callerName: string;
  callbackPhone: string;
  /** about whom; '' when about nobody here */
  patientId: string;
  text: string;
  /** '': as the words say */
  reason: string;
  /** `3pm nurse`; '': what ends the text, or nothing */
  promise: string;
  bestTime: string;
  identifiers: IdentifierKind[];
  failed: boolean;
  urgent: boolean;
};

export const emptyCall: CallValues = {
  ...{ caller: null, typed: '', stranger: false, callerKind: 'patient', callerName: '', callbackPhone: '' },
  ...{ patientId: '', text: '', reason: '', promise: '', bestTime: '' },
  ...{ identifiers: [], failed: false, urgent: false },
};

/** The fields that a caller brings along. */
export function valuesOfCaller(caller: Caller | null, typed: string): Partial<CallValues> {
  const { callerKind, callerName, callbackPhone, patientId } = callerFields(caller, typed);
  return {
    ...{ caller, typed, stranger: caller === null, callerKind, callerName, callbackPhone },
    ...{ patientId: patientId ?? '', identifiers: [], failed: false },
  };
}

function identityOf({ identifiers, failed }: CallValues): Identity {
  if (failed) return { state: 'failed', identifiers };
  return { state: identifiers.length >= 2 ? 'verified' : 'unchecked', identifiers };
}

/** What the form is checked with: a promise is read as the line reads it. */
export function callForm(desk: TakingDesk) {
  const Values = z.custom<CallValues>().transform((values, context): NewCall => {
    const read = promiseOf(values, desk);
    const text = read?.text ?? values.text;
    const reason = desk.reasons.find((one) => one.key === values.reason) ?? reasonOf(text, desk.reasons);
    const owed = read && owedOf(read.promise, reason, desk);
    if (!owed) {
      const message = 'Type a time and whom, e.g. 3pm nurse, tomorrow @ana.';
      context.addIssue({ code: 'custom', path: ['promise'], message });
    }
    const kind = callerKinds.find((one) => one === values.callerKind);
    return {
      callerKind: kind ?? 'other',
      callerName: values.callerName,
      callbackPhone: values.callbackPhone,
      patientId: values.patientId || null,
      contactId: values.caller?.kind === 'contact' ? values.caller.id : null,
      relationId: values.caller?.kind === 'relation' ? values.caller.id : null,
      reason: reason?.key ?? 'other',
      text,
      bestTime: values.bestTime,
      urgent: values.urgent,
      identity: identityOf(values),
      promisedAt: owed?.promisedAt ?? null,
      ownerStaffId: owed?.owner?.ownerStaffId ?? null,
      ownerRole: owed?.owner?.ownerRole ?? null,
    };
  });
  return Values.pipe(CallDraft);
}
