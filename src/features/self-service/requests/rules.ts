import { foldJoined, nationalDigits } from '../../patients/rules.ts';
import { birthDateOf } from '../doors/rules.ts';
import { Asker, type RequestWhy } from './schema.ts';

/** Times that people ask for on the booking page. Pure. */

/** So many wait for the office at most; then the page says to call. */
export const mostWaiting = 50;
/** So many of one phone number within a day. */
export const mostOfPhone = 3;
/** So many times are kept for people whom nobody knows. */
export const mostHeld = 10;

export type Fault = 'needName' | 'needBirth' | 'needPhone';

/** What someone typed, or which of it to look at again. */
export function readAsker(form: URLSearchParams): { asker: Asker } | { faults: Fault[] } {
  const bornOn = birthDateOf(form);
  const read = Asker.safeParse({
    givenName: form.get('given') ?? '',
    familyName: form.get('family') ?? '',
    bornOn: bornOn ?? '',
    phone: form.get('phone') ?? '',
    text: (form.get('text') ?? '').slice(0, 200),
    saysNew: form.get('new') === 'yes',
  });
  if (read.success) return { asker: read.data };
  const wrong = new Set(read.error.issues.map((issue) => issue.path[0]));
  const faults: Fault[] = [];
  if (wrong.has('givenName') || wrong.has('familyName')) faults.push('needName');
  if (wrong.has('bornOn')) faults.push('needBirth');
  if (wrong.has('phone')) faults.push('needPhone');
  return { faults: faults.length > 0 ? faults : ['needName'] };
}

export type Candidate = {
  patientId: string;
  familyName: string;
  givenName: string;
  preferredName: string;
  formerNames: readonly string[];
  phones: readonly { number: string }[];
};

/** Name, birth date (they all have it) and a phone number agree: nobody else is this person. */
export function isAsker(
  person: Candidate,
  asker: Pick<Asker, 'givenName' | 'familyName' | 'phone'>,
): boolean {
  const is = (names: readonly string[], typed: string) => {
    const wanted = foldJoined(typed);
    return wanted !== '' && names.some((name) => foldJoined(name) === wanted);
  };
  return (
    is([person.familyName, ...person.formerNames], asker.familyName) &&
    is([person.givenName, person.preferredName], asker.givenName) &&
    person.phones.some((one) => nationalDigits(one.number) === nationalDigits(asker.phone))
  );
}

export const whyWords: Record<RequestWhy, string> = {
  new: 'says they are new here',
  unknown: 'nobody found by name, birth date and phone',
  taken: 'the time was taken meanwhile',
  'too-many': 'has many visits to come already',
  'not-allowed': 'the practice’s rules do not let it be booked online',
};
