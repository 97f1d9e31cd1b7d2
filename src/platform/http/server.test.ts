import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, storages, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { listSites } from '../../features/practice/api.ts';

describe.each(storages)('the office on %s storage', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
  });
  afterAll(() => office.close());

  it('answers its health', async () => {
    const answer = await fetch(`${office.url}/api/health`);
    expect(await answer.json()).toMatchObject({ ok: true, storage });
  });

  it('refuses a request without a session, kindly', async () => {
    const answer = await fetch(`${office.url}/api/sites`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'not-signed-in' });
  });

  it('answers a signed-in desk', async () => {
    const desk = await practice.as('secretary');
    const { sites } = await desk.do(listSites);
    expect(sites).toHaveLength(1);
  });
});
