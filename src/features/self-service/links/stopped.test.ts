import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { getPage, linkTo } from '../../../../test/patient-pages.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { addCustody } from '../../patients/custody/api.ts';
import { addRelation, revokeRelation } from '../../patients/relations/api.ts';
import { bookVisit } from '../../schedule/visits/api.ts';

describe('links to the visits of minors', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  let child: string;
  let subjectId: string;
  beforeAll(async () => {
    office = await openTestOffice();
    await office.openPublic();
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice, 1);
    ana = await practice.as('secretary');
    child = plan.patients[0]!;
    const who = { patientId: child, visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee };
    const body = { ...who, startsAt: '2026-03-12T10:00:00-04:00' };
    subjectId = (await ana.do(bookVisit, { body })).visit.visitId;
  });
  afterAll(() => office.close());

  const bornOn = (date: string) =>
    practice.tx((tx) => sql`update patients set born_on = ${date}`.execute(tx.db));
  const link = () => linkTo(practice, { subjectId, patientId: child });
  const statusOf = async (address: string) => (await getPage(address)).status;
  const params = () => ({ id: child });

  it('stop once someone may hear of them no more; what is made then works', async () => {
    await bornOn('2018-03-14');
    const body = {
      name: 'Kim Test',
      phone: '518 555 0188',
      mayHear: ['appointments' as const],
      proof: 'parent' as const,
    };
    const { relation } = await ana.do(addRelation, { params: params(), body });
    const before = await link();
    expect(await statusOf(before)).toBe(200);
    office.clock.advance(60_000);
    const { relationId, version } = relation;
    const revoked = { version, reason: 'The court says so' };
    await ana.do(revokeRelation, { params: { ...params(), relationId }, body: revoked });
    expect(await statusOf(before)).toBe(404);
    office.clock.advance(60_000);
    expect(await statusOf(await link())).toBe(200);
  });

  it('stop once a custody note says who must not be told', async () => {
    await bornOn('2018-03-14');
    const before = await link();
    office.clock.advance(60_000);
    await ana.do(addCustody, { params: params(), body: { mustNotTell: ['Ray Test'] } });
    expect(await statusOf(before)).toBe(404);
  });

  it('stop on the day on which they are of age, by the clock of the practice; an adult’s own go on', async () => {
    await bornOn('2008-03-06');
    const before = await link();
    office.clock.set('2026-03-06T04:59:00.000Z');
    expect(await statusOf(before)).toBe(200);
    office.clock.set('2026-03-06T05:01:00.000Z');
    expect(await statusOf(before)).toBe(404);
    await bornOn('1961-03-14');
    expect(await statusOf(before)).toBe(200);
  });
});
