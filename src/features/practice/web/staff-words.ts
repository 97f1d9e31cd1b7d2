import type { StaffKind } from '../schema.ts';

/** What a person is to the office; what the account may do is said by its roles. */
export const staffKindLabels: Record<StaffKind, string> = {
  physician: 'Physician',
  nurse: 'Nurse',
  front_desk: 'Front desk',
  biller: 'Biller',
  manager: 'Manager',
  other: 'Other',
};

export const staffKindChoices = Object.entries(staffKindLabels).map(([value, label]) => ({ value, label }));
