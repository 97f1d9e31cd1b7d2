import { describe, expect, it } from 'vitest';
import { rounds } from '../../../../test/rounds.ts';
import { seeded } from '../../../platform/random.ts';
import { inventPeople } from '../simulate.ts';
import { judgeDuplicate, likelyFrom } from './rules.ts';
import { inventDouble } from './simulate.ts';

describe('people registered twice in the demo', () => {
  const people = inventPeople('twice', rounds(200, 2000), '2026-03-04').filter(
    ({ draft }) => draft.phones?.length && (draft.givenName ?? '').length > 3,
  );

  it('look like the one that is here, and not quite the same', () => {
    const scores = people.map(({ draft, bornOn }, index) => {
      const double = inventDouble(seeded('twice', index), draft, index);
      const phones = (double.phones ?? []).map((phone) => phone.number);
      const described = {
        ...{ familyName: double.familyName, givenName: double.givenName ?? '', email: '' },
        ...{ bornOn: double.bornOn ?? null, phones },
      };
      const known = { preferredName: '', formerNames: [], email: '', ...draft, bornOn };
      return judgeDuplicate(described, {
        ...known,
        givenName: draft.givenName ?? '',
        phones: draft.phones ?? [],
      }).score;
    });
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(likelyFrom);
  });

  it('are the same for the same seed', () => {
    const [{ draft } = { draft: { familyName: '' } }] = people;
    expect(inventDouble(seeded('a'), draft, 0)).toEqual(inventDouble(seeded('a'), draft, 0));
  });
});
