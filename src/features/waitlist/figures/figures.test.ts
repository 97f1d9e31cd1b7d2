import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { bookVisit, cancelVisit } from '../../schedule/visits/api.ts';
import * as api from '../api.ts';
import { figuresCsv } from './rules.ts';

const minuteMs = 60_000;

describe.each(eitherStorage)('figures of the waitlist, %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 12);
    ana = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const later = (minutes: number) =>
    office.clock.set(new Date(office.clock.now().getTime() + minutes * minuteMs).toISOString());
  const join = async (person: number, more = {}) => {
    const body = { patientId: plan.patients[person]!, visitTypeId: plan.followUp, ...more };
    await ana.do(api.joinWaitlist, { body });
  };
  const free = async (time: string, physicianId: string, visitTypeId = plan.followUp) => {
    const startsAt = `2026-03-05T${time}:00-05:00`;
    const body = { patientId: plan.patients[11]!, visitTypeId, siteId: plan.main, physicianId, startsAt };
    const { visit } = await ana.do(bookVisit, { body });
    const off = { version: 1, reason: 'patient-asked' as const };
    await ana.do(cancelVisit, { params: { id: visit.visitId }, body: off });
    await office.runner.drain();
    const [opening] = (await ana.do(api.listOpenings, { query: {} })).openings;
    return (await ana.do(api.readOpening, { params: { id: opening!.openingId } })).offers;
  };
  const yes = async (offerId = '') => {
    await ana.do(api.acceptOffer, { params: { id: offerId } });
    await office.runner.drain();
  };

  it('count openings, offers and what was filled, each as the visits tell it', async () => {
    for (const person of [0, 1, 2, 3, 4]) {
      await join(person);
      later(1);
    }
    for (const minutes of [4, 10, 7]) {
      const offers = await free(`1${minutes === 4 ? 0 : minutes === 10 ? 1 : 3}:00`, plan.lee);
      later(minutes);
      await yes(offers[0]?.offerId);
    }
    // Nobody takes it: all say no
    for (const offer of await free('14:00', plan.okoye))
      await ana.do(api.declineOffer, { params: { id: offer.offerId } });
    await office.runner.drain();
    // Nobody whom it suits
    await ana.do(api.listWaitlist, { query: {} });
    const { entries } = await ana.do(api.listWaitlist, { query: {} });
    for (const { entryId, version } of entries)
      await ana.do(api.withdrawEntry, {
        params: { id: entryId },
        body: { version, reason: 'for the count' },
      });
    await join(5, { physicianIds: [plan.nurses] });
    expect(await free('15:00', plan.okoye)).toEqual([]);
    const query = { from: '2026-03-04', to: '2026-03-04' };
    const figures = await ana.do(api.readFigures, { query });
    const lee = { physicianName: 'Dr. Lee', visitTypeName: 'Follow-up', opened: 3, offered: 3, filled: 3 };
    expect(figures.rows).toMatchObject([
      { ...lee, minutesToFill: 7 },
      { physicianName: 'Dr. Okoye', opened: 2, offered: 1, filled: 0, minutesToFill: null },
    ]);
    expect([figures.all, figures.waiting]).toEqual([
      { opened: 5, offered: 4, filled: 3, minutesToFill: 7 },
      1,
    ]);
    // Counted anew, from the visits: those booked at a time that a cancelled visit left
    const { rows } = await practice.tx((tx) =>
      sql<{ freed: number; again: number }>`
        select count(*)::int as freed, count(*) filter (where exists (
            select from visits b where b.state = 'booked' and b.starts_at = c.starts_at
              and b.physician_id = c.physician_id and b.patient_id <> c.patient_id))::int as again
        from visits c where c.state = 'cancelled'`.execute(tx.db),
    );
    expect(rows).toEqual([{ freed: figures.all.opened, again: figures.all.filled }]);
    expect((await ana.do(api.readFigures, { query: { from: '2026-03-01', to: '2026-03-03' } })).rows).toEqual(
      [],
    );
    expect(figuresCsv(figures).split('\r\n')).toEqual([
      'Physician,Visit type,Openings,Offered,Filled,Fill rate (%),Minutes to fill (median)',
      'Dr. Lee,Follow-up,3,3,3,100,7',
      'Dr. Okoye,Follow-up,2,1,0,0,',
      'All,,5,4,3,75,7',
      '',
    ]);
  });
});
