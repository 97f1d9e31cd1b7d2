import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds, seed } from '../../../../test/rounds.ts';
import { slim, whole } from './rules.ts';

const text = fc.constantFrom('', 'x');
const phone = fc.record({
  kind: fc.constantFrom('mobile' as const, 'work' as const),
  number: fc.constantFrom('+12125550123', '+442071838750'),
  note: text,
  preferred: fc.boolean(),
  mayText: fc.boolean(),
  mayLeaveVoicemail: fc.boolean(),
});
const address = fc.record({
  kind: fc.constantFrom('home' as const, 'mailing' as const),
  line1: text,
  line2: text,
  city: text,
  state: text,
  zip: text,
  country: fc.constantFrom('US', 'CA'),
});
const contact = fc.record({
  kind: fc.constantFrom('emergency' as const, 'caregiver' as const),
  name: text,
  relationship: text,
  phone: text,
  note: text,
});
const guarantor = fc.oneof(
  fc.constant(null),
  fc.record({ patientId: fc.constant('01a00000-0000-7000-8000-000000000001'), relationship: text }),
  fc.record({
    name: text,
    relationship: text,
    phone: text,
    address: fc.option(address),
    bornOn: fc.constantFrom(null, '1950-01-02'),
  }),
);
const reach = fc.record({
  phones: fc.array(phone, { maxLength: 3 }),
  addresses: fc.array(address, { maxLength: 2 }),
  contacts: fc.array(contact, { maxLength: 2 }),
  guarantor,
});

describe('how a person is kept', () => {
  it('reads what was written, through JSON', () => {
    fc.assert(
      fc.property(reach, (person) => {
        expect(whole(JSON.parse(JSON.stringify(slim(person))))).toEqual(person);
      }),
      { numRuns: rounds(200, 5000), seed: seed() },
    );
  });

  it('reads rows that were written whole', () => {
    fc.assert(
      fc.property(reach, (person) => {
        expect(whole(person)).toEqual(person);
      }),
      { numRuns: rounds(200, 5000), seed: seed() },
    );
  });

  it('leaves out what is usual and keeps what an index reads', () => {
    const address = { kind: 'home', line1: '1 Elm St', line2: '', city: 'Albany', state: 'NY', zip: '12207' };
    expect(
      slim({
        phones: [
          {
            kind: 'mobile',
            number: '+12125550123',
            note: '',
            preferred: true,
            mayText: false,
            mayLeaveVoicemail: false,
          },
        ],
        addresses: [{ ...address, kind: 'home', country: 'US' }],
        contacts: [],
        guarantor: null,
      }),
    ).toEqual({
      phones: [{ number: '+12125550123', preferred: true }],
      addresses: [{ line1: '1 Elm St', city: 'Albany', state: 'NY', zip: '12207' }],
      contacts: [],
      guarantor: null,
    });
  });
});
