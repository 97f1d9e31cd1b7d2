import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { addPeople } from '../../../test/practice.ts';
import { refreshStatistics } from './tidy.ts';

let office: TestOffice;
let practice: TestPractice;
beforeAll(async () => {
  office = await openTestOffice({ storage: 'embedded' });
  practice = await office.practice();
  await refreshStatistics(office.store.source);
});
afterAll(() => office.close());

it('the embedded store learns of a table that grew, once', async () => {
  const renewed: string[] = [];
  await practice.tx((tx) => addPeople(tx, 600));
  // PostgreSQL notes what changed at most once a second.
  const look = async () => {
    renewed.push(...(await refreshStatistics(office.store.source)));
    return renewed;
  };
  await expect.poll(look, { timeout: 10_000, interval: 200 }).toContain('patients');
  await look();
  expect(renewed.filter((name) => name === 'patients')).toHaveLength(1);
  expect(renewed).not.toContain('visits');
});
