import { expect, test } from 'vitest';
import { chosenOf, hourHeightOf, isHit, searchOf, shortId, toggled } from './rules.ts';
import { Look } from './schema.ts';

const ids = Array.from({ length: 50 }, (_, i) => ({
  resourceId: `01980000-0000-7000-8000-0000${String(i).padStart(8, '0')}`,
}));
const [lee, okoye] = ids as [{ resourceId: string }, { resourceId: string }];

test('nobody chosen is everyone; the first choice is that one alone; the last one taken back is everyone again', () => {
  expect(chosenOf(ids, undefined)).toHaveLength(50);
  const one = toggled(undefined, lee.resourceId);
  expect(chosenOf(ids, one)).toEqual([lee]);
  const two = toggled(one, okoye.resourceId);
  expect(chosenOf(ids, two)).toEqual([lee, okoye]);
  expect(toggled(toggled(two, lee.resourceId), okoye.resourceId)).toBeUndefined();
});

test('fifty columns stand in an address of a few hundred letters', () => {
  const who = ids.map((one) => shortId(one.resourceId)).join('.');
  expect(who.length).toBeLessThan(500);
  expect(chosenOf(ids, who)).toHaveLength(50);
});

test('a saved view comes back as it was looked at', () => {
  const look = Look.parse({
    kind: 'rooms',
    siteId: lee.resourceId,
    resourceIds: [okoye.resourceId],
    hourHeight: 144,
  });
  expect(searchOf(look)).toEqual({
    view: 'rooms',
    site: lee.resourceId,
    who: shortId(okoye.resourceId),
    zoom: '144',
  });
  expect([hourHeightOf('144'), hourHeightOf(undefined), hourHeightOf('9000')]).toEqual([144, 96, 96]);
});

test.each([
  ['Dr. Lee', 'le', true],
  ['Dr. Kim Lee', 'lee ki', true],
  ['Ruth Castellano, NP', 'cast', true],
  ['Dr. Marín', 'marin', true],
  ['Dr. Lee', 'ee', false],
  ['Dr. Lee', '', true],
])('%s is found by “%s”: %s', (name, typed, found) => {
  expect(isHit(name, typed)).toBe(found);
});
