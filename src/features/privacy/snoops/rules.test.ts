import { describe, expect, it } from 'vitest';
import {
  type Colleague,
  isRare,
  judgeLook,
  judgeNumbers,
  type LookDay,
  type Person,
  type Surroundings,
  type UnexplainedLook,
  usualHours,
  usualMost,
} from './rules.ts';

const person = (change: Partial<Person> = {}): Person => ({
  ...{
    patientId: 'p1',
    family: 'quill',
    given: 'nora',
    phones: ['+12125550001'],
    addresses: ['9 far rd 10001'],
  },
  ...change,
});
const record = person({
  patientId: 'own',
  family: 'zielinski',
  given: 'tomasz',
  phones: ['+12125550777'],
  addresses: ['4 oak st 12207'],
});
const tomasz: Colleague = {
  ...{
    staffId: 's2',
    displayName: 'Tomasz',
    family: 'zielinski',
    given: 'tomasz',
    phone: '+12125550888',
    record,
  },
};
const ana: Colleague = {
  staffId: 's1',
  displayName: 'Ana',
  family: 'ruiz',
  given: 'ana',
  phone: '',
  record: null,
};
const around: Surroundings = {
  colleagues: [ana, tomasz],
  surnames: new Map([
    ['zielinski', 2],
    ['ruiz', 60],
  ]),
  patients: 4000,
  hours: { from: 8 * 60, to: 17 * 60 },
};
const look = (patient: Partial<Person> = {}, change: Partial<UnexplainedLook> = {}): UnexplainedLook => ({
  ...{ accountId: 'a1', staffId: 's1', at: '2026-03-04T15:00:00Z', minute: 600, said: 'Patient is calling' },
  ...{ days: 1, restricted: false, patient: person(patient) },
  ...change,
});

describe('a look that nothing explains', () => {
  it.each([
    ['of a stranger who called', look(), null],
    ['of a stranger, with no reason given', look({}, { said: null }), null],
    ['of the colleague who is linked', look(record), 'Tomasz, who works here'],
    ['of a colleague by name and phone', look({ family: 'ruiz', given: 'ana' }), null],
    ['of someone at a colleague’s address', look({ addresses: ['4 oak st 12207'] }), 'address is Tomasz'],
    ['of someone with a colleague’s phone', look({ phones: ['+12125550888'] }), 'phone number is Tomasz'],
    ['of a rare namesake of a colleague, with a reason', look({ family: 'zielinski' }), null],
    [
      'of a rare namesake of a colleague, without one',
      look({ family: 'zielinski' }, { said: null }),
      'few here have it',
    ],
    ['of a namesake whose name is common, without a reason', look({ family: 'ruiz' }, { said: null }), null],
    ['at ten past five', look({}, { minute: 17 * 60 + 10, said: null }), null],
    [
      'an evening, without a reason',
      look({}, { minute: 19 * 60, said: null }),
      'outside the office’s usual time',
    ],
    ['in the night', look({}, { minute: 23 * 60 }), 'hours outside'],
    ['for the third day', look({}, { days: 3 }), 'on 3 days'],
    ['of a restricted record', look({}, { restricted: true }), 'restricted'],
  ])('%s', (_, one, expected) => {
    const found = judgeLook(one, around);
    if (expected === null) expect(found).toBeNull();
    else expect(found?.evidence.join(' ')).toContain(expected);
  });

  it('counts ten colleagues of one name as one coincidence', () => {
    const many = Array.from({ length: 10 }, (_, n) => ({ ...ana, staffId: `s${n + 10}`, record: null }));
    expect(judgeLook(look({ family: 'ruiz' }), { ...around, colleagues: many })).toBeNull();
  });

  it('knows no hours before it has seen enough days', () => {
    expect(usualHours([{ firstMinute: 480, lastMinute: 1020 }])).toBeNull();
    expect(judgeLook(look({}, { minute: 1380 }), { ...around, hours: null })).toBeNull();
  });

  it('a name is rare that a family or two have', () => {
    expect([isRare(3, 100), isRare(4, 100), isRare(5, 6000), isRare(7, 6000)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('how many', () => {
  const day = (people: number, unexplained: number): LookDay => ({
    accountId: 'a1',
    onDate: '2026-03-04',
    people,
    unexplained,
  });
  const days = (...counts: number[]) => counts.map((count) => day(count, 1));
  const usual = days(30, 34, 28, 41, 33, 30, 29, 36, 31, 38);

  it('few days say nothing', () => expect(usualMost([1, 2, 3])).toBeNull());
  it('one odd day moves nothing', () => {
    expect(usualMost([30, 31, 29, 30, 32, 28, 30, 31])).toBe(usualMost([30, 31, 29, 30, 32, 28, 30, 500]));
  });
  it.each([
    ['a busy day', day(60, 3), usual, usual, false],
    ['three times the usual', day(140, 2), usual, usual, true],
    ['twenty people without work', day(34, 20), usual, usual, true],
    ['a new account, as its peers', day(40, 2), [], usual, false],
    ['a new account, far from its peers', day(150, 2), [], usual, true],
    ['much for oneself, usual for the role', day(120, 2), usual, days(...Array(10).fill(118)), false],
    ['a practice in its first week', day(400, 300), [], days(1, 2), false],
  ])('%s', (_, today, own, peers, odd) => {
    expect(judgeNumbers({ today, own, peers }, '2026-03-04T15:00:00Z', 's1') !== null).toBe(odd);
  });
});
