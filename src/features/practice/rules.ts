/**
 * What is wrong with a National Provider Identifier, in a sentence; null when it is right. 45 CFR 162.406: ten
 * digits, the last a check digit (ISO Luhn) over the number with the prefix 80840 for US health applications.
 */
export function npiFault(npi: string): string | null {
  if (!/^\d+$/.test(npi)) return 'An NPI has digits only. Leave out spaces and dashes.';
  if (npi.length !== 10) return `An NPI has 10 digits; this has ${npi.length}.`;
  if (luhnSum(`80840${npi}`) % 10 !== 0) {
    return 'The check digit of this NPI does not fit: one digit is mistyped, or two are swapped.';
  }
  return null;
}

/** Luhn's sum: every second digit from the right is doubled, and 10 or more counts as its digits' sum. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** "Dr. Lee" of a physician, "Ana Ruiz" of anyone else: proposed, and free to change. */
export function proposeDisplayName(kind: string, givenName: string, familyName: string): string {
  const [given, family] = [givenName.trim(), familyName.trim()];
  return kind === 'physician' && family !== '' ? `Dr. ${family}` : `${given} ${family}`.trim();
}
