/** Setting up a new practice: its steps in order, and what each specialty usually begins with. Pure. */
export const stepKeys = ['sites', 'physicians', 'rooms', 'types', 'hours', 'people', 'visit'] as const;
export type StepKey = (typeof stepKeys)[number];

export const stepLabels: Record<StepKey, string> = {
  sites: 'Where you work',
  physicians: 'Who sees patients',
  rooms: 'Rooms',
  types: 'Visit types',
  hours: 'Hours',
  people: 'Your colleagues',
  visit: 'Your first visit',
};

export function stepAfter(step: StepKey): StepKey {
  return stepKeys[stepKeys.indexOf(step) + 1] ?? 'visit';
}
export function stepBefore(step: StepKey): StepKey | null {
  return stepKeys[stepKeys.indexOf(step) - 1] ?? null;
}

export const specialtyKeys = [
  'family',
  'internal',
  'pediatrics',
  'obgyn',
  'dermatology',
  'orthopedics',
  'cardiology',
  'behavioral',
  'physical',
  'ophthalmology',
  'other',
] as const;
export type SpecialtyKey = (typeof specialtyKeys)[number];

/** What is proposed; everything can be changed before it is kept, and after. */
export type Template = {
  label: string;
  /** rooms at each site */
  rooms: number;
  types: readonly ProposedType[];
};
export type ProposedType = {
  name: string;
  /** what the line understands */
  code: string;
  minutes: number;
  /** to clean or write after it, minutes */
  after: number;
  room: boolean;
};

const inRoom = (name: string, code: string, minutes: number, after = 0): ProposedType => ({
  ...{ name, code, minutes, after, room: true },
});
const noRoom = (name: string, code: string, minutes: number): ProposedType => ({
  ...{ name, code, minutes, after: 0, room: false },
});
const telehealth = noRoom('Telehealth', 'tel', 15);

/**
 * Lengths as practices of that kind commonly schedule them: a short return visit, a longer first one, room time after
 * procedures. A starting point, not a rule.
 */
export const templates: Record<SpecialtyKey, Template> = {
  family: {
    label: 'Family medicine',
    rooms: 3,
    types: [
      inRoom('Follow-up', 'fu', 15),
      inRoom('New patient', 'np', 40),
      inRoom('Sick visit', 'sick', 15),
      inRoom('Physical', 'px', 40),
      inRoom('Well child', 'wc', 20),
      inRoom('Vaccination', 'vac', 10),
      inRoom('Procedure', 'proc', 30, 10),
      telehealth,
    ],
  },
  internal: {
    label: 'Internal medicine',
    rooms: 3,
    types: [
      inRoom('Follow-up', 'fu', 20),
      inRoom('New patient', 'np', 45),
      inRoom('Annual wellness', 'aw', 40),
      inRoom('Sick visit', 'sick', 15),
      inRoom('Pre-operative', 'preop', 30),
      inRoom('Hospital follow-up', 'hfu', 30),
      telehealth,
    ],
  },
  pediatrics: {
    label: 'Pediatrics',
    rooms: 4,
    types: [
      inRoom('Sick visit', 'sick', 15),
      inRoom('Well child', 'wc', 20),
      inRoom('Newborn', 'nb', 30),
      inRoom('New patient', 'np', 30),
      inRoom('Vaccination', 'vac', 10),
      inRoom('Sports physical', 'sp', 20),
      inRoom('ADHD follow-up', 'adhd', 20),
      telehealth,
    ],
  },
  obgyn: {
    label: 'OB/GYN',
    rooms: 3,
    types: [
      inRoom('Follow-up', 'fu', 15),
      inRoom('New patient', 'np', 40),
      inRoom('Annual exam', 'ann', 30),
      inRoom('First prenatal', 'ob1', 45),
      inRoom('Prenatal', 'ob', 15),
      inRoom('Postpartum', 'pp', 30),
      inRoom('Ultrasound', 'us', 30, 5),
      inRoom('Procedure', 'proc', 40, 10),
    ],
  },
  dermatology: {
    label: 'Dermatology',
    rooms: 4,
    types: [
      inRoom('Follow-up', 'fu', 10),
      inRoom('New patient', 'np', 20),
      inRoom('Skin check', 'skin', 20),
      inRoom('Biopsy', 'bx', 20, 5),
      inRoom('Excision', 'exc', 45, 10),
      inRoom('Cosmetic', 'cos', 30),
      inRoom('Suture removal', 'sr', 10),
      telehealth,
    ],
  },
  orthopedics: {
    label: 'Orthopedics',
    rooms: 4,
    types: [
      inRoom('Follow-up', 'fu', 15),
      inRoom('New patient', 'np', 30),
      inRoom('Post-op', 'po', 15),
      inRoom('Pre-operative', 'preop', 30),
      inRoom('Injection', 'inj', 20, 5),
      inRoom('Fracture', 'fx', 30),
      inRoom('Cast change', 'cast', 20, 5),
    ],
  },
  cardiology: {
    label: 'Cardiology',
    rooms: 3,
    types: [
      inRoom('Follow-up', 'fu', 20),
      inRoom('New patient', 'np', 45),
      inRoom('ECG', 'ecg', 15),
      inRoom('Echocardiogram', 'echo', 45, 10),
      inRoom('Stress test', 'st', 60, 10),
      inRoom('Device check', 'dev', 20),
      telehealth,
    ],
  },
  behavioral: {
    label: 'Psychiatry and behavioral health',
    rooms: 2,
    types: [
      inRoom('Evaluation', 'eval', 60, 10),
      inRoom('Therapy', 'th', 45, 10),
      inRoom('Long therapy', 'th60', 60, 10),
      inRoom('Medication check', 'med', 20),
      inRoom('Family session', 'fam', 60, 10),
      noRoom('Telehealth therapy', 'tth', 45),
      noRoom('Telehealth check', 'tel', 20),
    ],
  },
  physical: {
    label: 'Physical therapy',
    rooms: 4,
    types: [
      inRoom('Evaluation', 'eval', 60),
      inRoom('Treatment', 'tx', 45),
      inRoom('Short treatment', 'tx30', 30),
      inRoom('Re-evaluation', 're', 45),
      inRoom('Post-op evaluation', 'poe', 60),
    ],
  },
  ophthalmology: {
    label: 'Ophthalmology',
    rooms: 3,
    types: [
      inRoom('Follow-up', 'fu', 15),
      inRoom('New patient', 'np', 40),
      inRoom('Comprehensive exam', 'exam', 30),
      inRoom('Visual field', 'vf', 30),
      inRoom('OCT', 'oct', 15),
      inRoom('Injection', 'inj', 20, 5),
      inRoom('Post-op', 'po', 15),
      inRoom('Urgent', 'urg', 20),
    ],
  },
  other: {
    label: 'Something else',
    rooms: 2,
    types: [
      inRoom('Follow-up', 'fu', 15),
      inRoom('New patient', 'np', 40),
      inRoom('Procedure', 'proc', 30, 10),
      telehealth,
    ],
  },
};

/** Told apart on the day and dark enough for white letters (WCAG 1.4.3). */
const colors = ['#0e6b68', '#1d4ed8', '#9a3412', '#6d28d9', '#166534', '#9d174d', '#854d0e', '#334155'];
export const colorAt = (index: number): string => colors[index % colors.length] ?? '#0e6b68';

/** Days of the week that practices commonly work; 1 Monday to 7 Sunday. */
export const dayChoices = [
  { value: '12345', label: 'Monday to Friday' },
  { value: '1234', label: 'Monday to Thursday' },
  { value: '123456', label: 'Monday to Saturday' },
  { value: '135', label: 'Monday, Wednesday, Friday' },
  { value: '24', label: 'Tuesday, Thursday' },
] as const;
export const weekdaysOf = (days: string): number[] => [...days].map(Number);
export const usualHours = '8-12, 1-5';

/** `Room 1` to `Room n`, beyond the names that are taken. */
export function roomNames(count: number, taken: ReadonlySet<string>): string[] {
  const names: string[] = [];
  for (let number = 1; names.length < count && number < 1000; number++) {
    const name = `Room ${number}`;
    if (!taken.has(name.toLowerCase())) names.push(name);
  }
  return names;
}
