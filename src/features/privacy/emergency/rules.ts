/**
 * What emergency access lets someone read who otherwise may not (45 CFR 164.312(a)(2)(ii)): people and their visits.
 * It changes nothing, exports nothing, and reads no audit.
 */
export const emergencyReads: ReadonlySet<string> = new Set([
  'patients.search',
  'patients.open',
  'visits.see',
  'contacts.see',
  'tasks.see',
  'practice.see',
]);
