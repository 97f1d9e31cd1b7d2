import { usualFlags } from '../../messages/danger/rules.ts';
import { foldWords } from '../../patients/rules.ts';
import type { CallReason, CallSettings } from './schema.ts';

type Usual = [key: string, name: string, role: CallReason['role'], minutes: number, words: string];

const usual: readonly Usual[] = [
  ['appointment', 'Appointment', 'secretary', 120, 'appointment reschedule cancel book visit late'],
  ['refill', 'Refill', 'nurse', 240, 'refill refills prescription medication pharmacy'],
  ['results', 'Results', 'nurse', 240, 'result results lab labs biopsy xray mri ultrasound'],
  ['question', 'Symptom or question', 'nurse', 60, 'pain fever rash swelling dizzy cough question wound'],
  ['referral', 'Referral', 'secretary', 480, 'referral refer authorization'],
  ['billing', 'Bill or insurance', 'biller', 480, 'bill bills billing insurance copay statement payment'],
  ['records', 'Records, forms, letters', 'secretary', 480, 'record records form forms letter note fmla'],
  ['other', 'Other', 'secretary', 240, ''],
];

const purposes: Record<string, CallReason['purpose']> = {
  ...{
    appointment: 'appointments',
    referral: 'appointments',
    records: 'appointments',
    other: 'appointments',
  },
  billing: 'billing',
};

/** Shown until the practice writes its own: it fetches people and advises nothing. */
const usualInstruction =
  'Possible emergency. Do not advise. Tell the caller to hang up and dial 911 if this may be an emergency; for ' +
  'thoughts of suicide also 988. Stay on the line if you can and fetch the nurse or physician now. (The practice ' +
  'writes its own instruction in Settings, Calls.)';

export const usualSettings: CallSettings = {
  reasons: usual.map(([key, name, role, minutes, words]) => ({
    ...{ key, name, role, minutes, purpose: purposes[key] ?? 'results', active: true },
    words: words.split(' ').filter(Boolean),
  })),
  redFlags: [...usualFlags],
  instruction: usualInstruction,
  urgentRole: 'nurse',
};

/** The reason that the words of a text mean: the one with most of its words, the first of equals. */
export function guessReason(text: string, reasons: readonly CallReason[]): string | null {
  const said = new Set(foldWords(text));
  let best: { key: string; count: number } | null = null;
  for (const { key, words, active } of reasons) {
    const count = active ? words.filter((word) => said.has(word.toLowerCase())).length : 0;
    if (count > (best?.count ?? 0)) best = { key, count };
  }
  return best?.key ?? null;
}

export function reasonName(key: string, reasons: readonly Pick<CallReason, 'key' | 'name'>[]): string {
  return reasons.find((one) => one.key === key)?.name ?? key;
}
