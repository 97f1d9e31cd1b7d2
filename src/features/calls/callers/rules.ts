import { spokenName } from '../../contacts/rules.ts';
import type { Contact } from '../../contacts/schema.ts';
import type { PatientHit } from '../../patients/api.ts';
import { nationalDigits } from '../../patients/rules.ts';
import type { Caller } from '../schema.ts';

/** The digits of what is a number or the end of one; null for what is a name, a birth date or too short. */
export function digitsOf(scrap: string): string | null {
  if (!/^\+?[\d().\s-]+$/.test(scrap) || /^\d{1,2}-\d{1,2}-\d{2,4}$/.test(scrap)) return null;
  const digits = nationalDigits(scrap.replace(/[^\d+]/g, ''));
  const plain = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  return plain.length >= 4 ? plain : null;
}

const usDate = (date: string) => `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`;

export function callerOfPatient(hit: PatientHit): Caller {
  const { patientId, callName, bornOn, age, mrn, phone } = hit;
  const born = bornOn ? `${usDate(bornOn)}${age === null ? '' : `, ${age}`}` : 'no birth date';
  return {
    ...{ kind: 'patient', callerKind: 'patient', id: patientId, name: callName, phone },
    ...{ detail: `${born} · MRN ${mrn}`, patientId, patientName: callName },
  };
}

type Related = { relationId: string; patientId: string; name: string; relationship: string; phone: string };

export function callerOfRelation(one: Related, patientName: string, hears: string): Caller {
  const { relationId, patientId, name, relationship, phone } = one;
  return {
    ...{ kind: 'relation', callerKind: 'family', id: relationId, name, phone, patientId, patientName },
    detail: `${relationship || 'belongs'} ${relationship ? 'of' : 'to'} ${patientName}, ${hears}`,
  };
}

export function callerOfContact(contact: Contact): Caller {
  const { contactId, kind, specialty, organization, phones } = contact;
  return {
    ...{ kind: 'contact', id: contactId, name: spokenName(contact), patientId: null, patientName: '' },
    callerKind: /pharmac/i.test(`${specialty} ${spokenName(contact)}`) ? 'pharmacy' : 'referring',
    detail: [kind === 'organization' ? 'organization' : specialty, organization?.name]
      .filter(Boolean)
      .join(' · '),
    phone: phones[0]?.number ?? organization?.phone ?? '',
  };
}

/** `+15185550123` → `(518) 555-0123`, what is none as it stands. */
export function formatNumber(number: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : number;
}
