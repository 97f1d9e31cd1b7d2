import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { birthFields, getPage, linkTo, openLink, postForm } from '../../../test/patient-pages.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { bookVisit, cancelVisit, readVisit } from '../schedule/visits/api.ts';

const at = (time: string, date = '2026-03-09') => `${date}T${time}:00-04:00`;
const born = '1961-03-14';

describe('a visit by link', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  beforeAll(async () => {
    office = await openTestOffice();
    await office.openPublic();
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice, 3);
    ana = await practice.as('secretary');
    await practice.tx((tx) =>
      sql`update patients set born_on = ${born} where patient_id = ${plan.patients[0]!}`.execute(tx.db),
    );
  });
  afterAll(() => office.close());

  const book = async (startsAt = at('10:00')) => {
    const who = { patientId: plan.patients[0]!, visitTypeId: plan.followUp };
    const where = { siteId: plan.main, physicianId: plan.lee, startsAt };
    return (await ana.do(bookVisit, { body: { ...who, ...where } })).visit;
  };
  const linked = async (startsAt?: string) => {
    const visit = await book(startsAt);
    const link = await linkTo(practice, { subjectId: visit.visitId, patientId: visit.patientId });
    return { visit, link };
  };
  const stateOf = async (id: string) => (await ana.do(readVisit, { params: { id } })).visit;

  it('shows nothing of the person before the birth date, and the visit after it', async () => {
    const { link } = await linked();
    const asked = await getPage(link);
    expect([asked.status, asked.title]).toEqual([200, 'The patient’s birth date, please']);
    expect(asked.text).not.toContain('Dr. Lee');
    const seen = await openLink(link, born);
    expect(seen.title).toBe('Your visit');
    expect(seen.text).toContain('Monday, March 9');
    expect(seen.text).toContain('10:00 am');
    expect(seen.text).toContain('Dr. Lee');
  });

  it('is confirmed, and the history says who did it', async () => {
    const { link, visit } = await linked();
    const seen = await openLink(link, born);
    const done = await postForm(link, seen.fields('confirm'));
    expect(done.title).toBe('Thank you: we expect you');
    const { visit: now, steps } = await ana.do(readVisit, { params: { id: visit.visitId } });
    expect(now.confirmedAt).not.toBeNull();
    expect(steps.at(-1)).toMatchObject({ step: 'confirmed', byName: '', detail: { by: 'patient' } });
  });

  it('is cancelled with a reason, and its link is used', async () => {
    const { link, visit } = await linked();
    const seen = await openLink(link, born);
    const asked = await postForm(link, seen.fields('ask-cancel'));
    expect(asked.title).toBe('Cancel this visit?');
    const without = await postForm(link, asked.fields('cancel'));
    expect(without.text).toContain('Choose one of these first.');
    const done = await postForm(link, { ...asked.fields('cancel'), why: 'ill' });
    expect(done.title).toBe('Your visit is cancelled');
    expect(await stateOf(visit.visitId)).toMatchObject({ state: 'cancelled', cancelReason: 'patient-ill' });
    expect((await getPage(link)).status).toBe(404);
  });

  it('is moved to a time that the search offers; a taken one is told with the next ones', async () => {
    const { link, visit } = await linked();
    const seen = await openLink(link, born);
    const times = await postForm(link, seen.fields('times'));
    const [first = '', second = ''] = times.choices('slot');
    const [startsAt = ''] = first.split('|');
    await ana.do(bookVisit, {
      body: {
        ...{ patientId: plan.patients[1]!, visitTypeId: plan.followUp, siteId: plan.main },
        ...{ physicianId: plan.lee, startsAt },
      },
    });
    const taken = await postForm(link, { ...times.fields('move'), slot: first });
    expect(taken.text).toContain('Someone took that time a moment ago');
    expect(taken.choices('slot')).not.toContain(first);
    const moved = await postForm(link, { ...taken.fields('move'), slot: second });
    expect(moved.title).toBe('Your visit has a new time');
    expect((await stateOf(visit.visitId)).startsAt).toBe(second.split('|')[0]);
  });

  it('goes into a calendar without what it is for', async () => {
    const { link } = await linked();
    const seen = await openLink(link, born);
    const file = await postForm(link, seen.fields('calendar'));
    expect(file.headers.get('content-type')).toContain('text/calendar');
    expect(file.text).toContain('SUMMARY:Elm Street Family Practice');
    expect(file.text).not.toContain('Follow-up');
  });

  it('that is not the only one of its day leads to the others, also once it is cancelled', async () => {
    const { link } = await linked();
    const other = await book(at('14:00'));
    await book(at('10:00', '2026-03-10'));
    const seen = await openLink(link, born);
    const others = (text: string) => [...text.matchAll(/([\d:]+ [ap]m) with Dr\. Lee: <a href="([^"]+)"/g)];
    expect(others(seen.text).map(([, time]) => time)).toEqual(['2:00 pm']);
    const asked = await postForm(link, seen.fields('ask-cancel'));
    const done = await postForm(link, { ...asked.fields('cancel'), why: 'plans' });
    const [[, , otherLink = ''] = []] = others(done.text);
    const opened = await openLink(otherLink, born);
    await postForm(otherLink, opened.fields('confirm'));
    expect((await stateOf(other.visitId)).confirmedAt).not.toBeNull();
    expect(others(opened.text)).toEqual([]);
  });

  it('goes into no calendar once the office called it off, and what no form asks is a look', async () => {
    const { link, visit } = await linked();
    const seen = await openLink(link, born);
    const odd = await postForm(link, { ...seen.fields('confirm'), do: 'constructor' });
    expect([odd.status, odd.title]).toEqual([200, 'Your visit']);
    const body = { version: visit.version, reason: 'patient-asked' as const };
    await ana.do(cancelVisit, { params: { id: visit.visitId }, body });
    const file = await postForm(link, seen.fields('calendar'));
    expect(file.headers.get('content-type')).toContain('text/html');
    expect(file.text).toContain('This visit is cancelled.');
  });

  it('is told in Spanish to whoever speaks it, with a way to the other language', async () => {
    const { link } = await linked();
    await practice.tx((tx) =>
      sql`update patients set language = 'es' where patient_id = ${plan.patients[0]!}`.execute(tx.db),
    );
    const asked = await getPage(link);
    expect(asked.title).toBe('La fecha de nacimiento del paciente, por favor');
    const seen = await postForm(link, { ...asked.fields(), ...birthFields(born) });
    expect(seen.title).toBe('Su cita');
    expect(seen.text).toContain('lunes, 9 de marzo');
    const english = await getPage(`${link}&lang=en`);
    expect(english.title).toBe('The patient’s birth date, please');
  });
});
