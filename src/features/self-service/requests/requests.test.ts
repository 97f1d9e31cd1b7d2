import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import {
  birthFields,
  getPage,
  linkTo,
  openLink,
  type Page,
  postForm,
} from '../../../../test/patient-pages.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { todayBoard } from '../../../app/lists.ts';
import { readToday } from '../../../app/pages/today/today-api.ts';
import { bookVisit, readVisit } from '../../schedule/visits/api.ts';
import { joinWaitlist, listOpenings, listWaitlist, readOpening } from '../../waitlist/api.ts';
import * as api from '../api.ts';
import { usualType } from '../settings/rules.ts';

const born = '1961-03-14';
const pace = todayBoard.paceMs;

describe('what patients ask for and take by themselves', () => {
  let office: TestOffice;
  let base: string;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  let minutes = 0;
  beforeAll(async () => {
    todayBoard.paceMs = 0;
    office = await openTestOffice();
    base = await office.openPublic();
  });
  beforeEach(async () => {
    // Each test a minute of its own: an address may ask so often in one
    minutes += 1;
    office.clock.set(new Date(Date.parse('2026-03-04T15:00:00.000Z') + minutes * 60_000).toISOString());
    practice = await office.practice();
    plan = await setUpSchedule(practice, 3);
    ana = await practice.as('secretary');
    await practice.tx((tx) => sql`update patients set born_on = ${born}`.execute(tx.db));
  });
  afterAll(() => {
    todayBoard.paceMs = pace;
    return office.close();
  });

  const bookAt = async (person: number, startsAt: string) => {
    const who = { patientId: plan.patients[person]!, visitTypeId: plan.followUp };
    const where = { siteId: plan.main, physicianId: plan.lee, startsAt };
    return (await ana.do(bookVisit, { body: { ...who, ...where } })).visit;
  };
  const openPage = async (openTo: 'known' | 'everyone' = 'everyone') => {
    const type = { ...usualType, openTo, nameEn: 'A follow-up', nameEs: 'Una consulta' };
    await practice.manager.do(api.changeOnlineType, {
      params: { id: plan.followUp },
      body: { version: 0, type },
    });
    const { settings } = await practice.manager.do(api.changeOnlineSettings, {
      body: { version: 0, settings: { isOn: true, holdHours: 4 } },
    });
    return `${base}/book/${settings.code}`;
  };
  const person = (given: string, phone = '(212) 555-0123') => ({
    ...{ given, family: 'Test', phone, text: '' },
    ...birthFields(born),
  });
  /** What, when, who: as far as the answer. */
  const ask = async (page: string, who: Record<string, string>, isNew = 'no', place = 0): Promise<Page> => {
    const times = await postForm(page, { do: 'times', type: plan.followUp, new: isNew });
    const slot = times.choices('slot')[place] ?? '';
    const form = await postForm(page, { ...times.fields('who'), slot });
    return postForm(page, { ...form.fields('send'), ...who });
  };
  const drain = () => office.runner.drain();
  const requests = async () => (await ana.do(api.listRequests)).requests;
  const duties = async () =>
    (await ana.do(readToday, { query: { who: 'everyone' } })).duties.filter((one) =>
      one.kind.startsWith('online'),
    );

  it('a freed slot goes from cancellation by link to acceptance by link without a hand at the desk', async () => {
    const visit = await bookAt(0, '2026-03-05T10:00:00-05:00');
    await ana.do(joinWaitlist, { body: { patientId: plan.patients[1]!, visitTypeId: plan.followUp } });
    const link = await linkTo(practice, { subjectId: visit.visitId, patientId: plan.patients[0]! });
    const open = await openLink(link, born);
    const asked = await postForm(link, open.fields('ask-cancel'));
    await postForm(link, { ...asked.fields('cancel'), why: 'plans' });
    await drain();
    const [opening] = (await ana.do(listOpenings, {})).openings;
    const { offers } = await ana.do(readOpening, { params: { id: opening!.openingId } });
    const offerLink = await linkTo(practice, {
      ...{ purpose: 'offer', subjectId: offers[0]!.offerId, patientId: plan.patients[1]! },
    });
    const offered = await openLink(offerLink, born);
    expect(offered.title).toBe('A time has opened');
    const won = await postForm(offerLink, offered.fields('yes'));
    expect(won.title).toBe('It is yours');
    const [own = ''] = /http[^"]*\/my\?k=v[\w-]+/.exec(won.text) ?? [];
    expect((await openLink(own, born)).text).toContain('Thursday, March 5');
    const { entries } = await ana.do(listWaitlist, { query: { state: 'filled' } });
    const taken = await ana.do(readVisit, { params: { id: entries[0]!.filledVisitId! } });
    expect(taken.visit).toMatchObject({ patientId: plan.patients[1], startsAt: '2026-03-05T15:00:00.000Z' });
    expect(taken.steps[0]).toMatchObject({ step: 'booked', byName: '', detail: { by: 'patient' } });
    expect((await getPage(offerLink)).status).toBe(404);
  });

  it('an offer that is gone is told kindly, and a no keeps the place', async () => {
    const visit = await bookAt(0, '2026-03-05T10:00:00-05:00');
    for (const one of [1, 2])
      await ana.do(joinWaitlist, { body: { patientId: plan.patients[one]!, visitTypeId: plan.followUp } });
    const cancelLink = await linkTo(practice, { subjectId: visit.visitId, patientId: plan.patients[0]! });
    const asked = await postForm(cancelLink, (await openLink(cancelLink, born)).fields('ask-cancel'));
    await postForm(cancelLink, { ...asked.fields('cancel'), why: 'plans' });
    await drain();
    const [opening] = (await ana.do(listOpenings, {})).openings;
    const { offers } = await ana.do(readOpening, { params: { id: opening!.openingId } });
    const linked = (at: number) =>
      linkTo(practice, {
        purpose: 'offer',
        subjectId: offers[at]!.offerId,
        patientId: offers[at]!.patientId,
      });
    const [one, other] = [await linked(0), await linked(1)];
    const second = await openLink(other, born);
    await postForm(one, (await openLink(one, born)).fields('yes'));
    const lost = await postForm(other, second.fields('yes'));
    expect(lost.title).toBe('This time has gone to someone else');
    expect((await ana.do(listWaitlist, {})).entries).toHaveLength(1);
  });

  it('someone waits for an earlier time by the link of their visit', async () => {
    const visit = await bookAt(0, '2026-03-12T10:00:00-04:00');
    const link = await linkTo(practice, { subjectId: visit.visitId, patientId: plan.patients[0]! });
    const asked = await postForm(link, (await openLink(link, born)).fields('ask-wait'));
    const done = await postForm(link, { ...asked.fields('join'), day: '2', times: 'mornings', notice: '24' });
    expect(done.title).toBe('You are on the list');
    const { entries } = await ana.do(listWaitlist, {});
    expect(entries[0]).toMatchObject({ visitId: visit.visitId, weekdays: [2], noticeHours: 24 });
    const again = await postForm(link, asked.fields('join'));
    expect(again.title).toBe('You are on the list already');
  });

  it('a visit is booked by a link that the office gave, by the rules of its type', async () => {
    const patientId = plan.patients[0]!;
    const link = await linkTo(practice, { purpose: 'book', subjectId: plan.followUp, patientId });
    const times = await openLink(link, born);
    const [slot = ''] = times.choices('slot');
    expect(Date.parse(slot.split('|')[0]!)).toBeGreaterThanOrEqual(Date.parse('2026-03-05T15:00:00Z'));
    const done = await postForm(link, { ...times.fields('book'), slot });
    expect(done.title).toBe('Your visit is booked');
    expect((await getPage(link)).status).toBe(404);
    const late = await linkTo(practice, { purpose: 'book', subjectId: plan.followUp, patientId });
    const early = (await openLink(late, born)).fields('book');
    const sooner = { ...early, slot: `2026-03-04T20:00:00.000Z|${plan.lee}|${plan.main}` };
    expect((await postForm(late, sooner)).text).toContain('Someone took that time a moment ago');
  });

  it('of two who take the same time at once one has it, and the other reads which are left', async () => {
    const takes = async (person: number) => {
      const patientId = plan.patients[person]!;
      const link = await linkTo(practice, { purpose: 'book', subjectId: plan.followUp, patientId });
      const times = await openLink(link, born);
      return { link, fields: { ...times.fields('book'), slot: times.choices('slot')[0] ?? '' } };
    };
    const [one, other] = [await takes(0), await takes(1)];
    expect(one.fields.slot).toBe(other.fields.slot);
    const pages = await Promise.all([one, other].map(({ link, fields }) => postForm(link, fields)));
    expect(pages.map((page) => page.title).sort()).toEqual(['Choose a time', 'Your visit is booked']);
    const lost = pages.find((page) => page.title === 'Choose a time');
    expect(lost?.text).toContain('Someone took that time a moment ago');
    expect(lost?.choices('slot')).not.toContain(one.fields.slot);
  });

  it('the booking page answers someone known and someone unknown alike, to the letter', async () => {
    const page = await openPage('known');
    const known = await ask(page, person('Person 1'));
    const unknown = await ask(page, person('Nobody', '(212) 555-0199'), 'no', 0);
    const without = (text: string) => text.replace(/<div class="card">[\s\S]*?<\/div>/, '');
    expect([known.status, known.title]).toEqual([200, 'Thank you: we have your request']);
    expect(without(unknown.text)).toBe(without(known.text));
    await drain();
    const asked = await requests();
    expect(asked.find((one) => one.givenName === 'Person 1')).toMatchObject({ outcome: 'booked' });
    expect(asked.find((one) => one.givenName === 'Nobody')).toMatchObject({ outcome: null, why: 'unknown' });
    const own = asked.find((one) => one.visitId)!;
    const { steps } = await ana.do(readVisit, { params: { id: own.visitId! } });
    expect(steps[0]).toMatchObject({ detail: { by: 'patient' } });
  });

  it('someone new is a duty, never a chart; the desk registers and books by one button', async () => {
    const page = await openPage();
    const count = () =>
      practice.tx(async (tx) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from patients`.execute(tx.db);
        return rows[0]?.n;
      });
    await ask(page, person('Nora', '(212) 555-0177'), 'yes');
    await drain();
    expect(await count()).toBe(3);
    const [duty] = await duties();
    expect(duty?.title).toBe('Asks online for Follow-up: Nora Test');
    expect(duty?.detail).toContain('held');
    const params = { id: duty!.subjectId };
    const { request, likely } = await ana.do(api.readRequest, { params });
    const refused = await ana.ask(api.bookRequest, {
      params,
      body: { version: request.version, patientId: null },
    });
    const notDuplicateOf = likely.map((one) => one.patientId);
    if (likely.length > 0) expect(refused.status).toBe(409);
    const done =
      refused.status === 200
        ? refused.body
        : await ana.do(api.bookRequest, {
            params,
            body: { version: request.version, patientId: null, notDuplicateOf },
          });
    expect(done.request.outcome).toBe('booked');
    expect(await count()).toBe(4);
    expect(await duties()).toEqual([]);
  });

  it('a time that was taken meanwhile, or a person with many visits ahead, is left to a human', async () => {
    const page = await openPage();
    for (const time of ['10:00', '10:30']) await bookAt(0, `2026-03-12T${time}:00-04:00`);
    await ask(page, person('Person 1'));
    await drain();
    const [first] = await requests();
    expect(first).toMatchObject({ why: 'too-many', patientId: plan.patients[0] });
    const { request } = await ana.do(api.settleRequest, {
      params: { id: first!.requestId },
      body: { version: first!.version, outcome: 'called', text: 'Comes anyway' },
    });
    expect(request).toMatchObject({ outcome: 'called', isHeld: false });
  });

  it('what was typed wrongly is said by field, and kept; what is urgent comes first', async () => {
    const page = await openPage();
    const wrong = await ask(page, { ...person('Nora'), phone: '12', year: '61' }, 'yes');
    expect(wrong.text).toContain('Type all ten digits');
    expect(wrong.text).toContain('value="Nora"');
    expect(await requests()).toEqual([]);
    await ask(page, { ...person('Nora'), text: 'I have chest pain since today' }, 'yes');
    await drain();
    const [duty] = await duties();
    expect([duty?.severity, duty?.title.startsWith('URGENT')]).toEqual(['danger', true]);
  });

  it('there is no page while it is off, and no more than three requests of one phone', async () => {
    const page = await openPage();
    for (let time = 0; time < 3; time++) {
      await ask(page, person('Nora'), 'yes');
      office.clock.advance(60_000);
    }
    const fourth = await ask(page, person('Nora'), 'yes');
    expect(fourth.title).toBe('This cannot be done here');
    expect(await requests()).toHaveLength(3);
    await practice.manager.do(api.changeOnlineSettings, {
      body: { version: 1, settings: { isOn: false, holdHours: 4 } },
    });
    expect((await getPage(page)).status).toBe(404);
  });

  it('someone known is refused at the same request as someone unknown: the fourth of a day', async () => {
    const page = await openPage();
    const asks = async (given: string, phone: string) => {
      const titles: string[] = [];
      for (let time = 0; time < 4; time++) {
        titles.push((await ask(page, person(given, phone))).title);
        await drain();
        office.clock.advance(60_000);
      }
      return titles;
    };
    const unknown = await asks('Nobody', '(212) 555-0199');
    expect(unknown.at(-1)).toBe('This cannot be done here');
    expect(await asks('Person 1', '(212) 555-0123')).toEqual(unknown);
    expect((await requests()).filter((one) => one.outcome === 'booked')).toHaveLength(2);
  });

  it('a late cancellation is a duty until someone has seen it', async () => {
    const visit = await bookAt(0, '2026-03-04T15:00:00-05:00');
    const link = await linkTo(practice, { subjectId: visit.visitId, patientId: plan.patients[0]! });
    const asked = await postForm(link, (await openLink(link, born)).fields('ask-cancel'));
    expect(asked.text).toContain('We ask for 24 hours');
    await postForm(link, { ...asked.fields('cancel'), why: 'travel', text: 'The bus does not go' });
    const [duty] = await duties();
    expect(duty?.title).toContain('Cancelled late, by link');
    expect(duty?.detail).toContain('The bus does not go');
    await ana.do(api.seeAct, { params: { id: duty!.subjectId } });
    expect(await duties()).toEqual([]);
  });
});
