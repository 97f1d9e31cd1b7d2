import { expect, it } from 'vitest';
import { seeded } from '../../../platform/random.ts';
import { nameOfPlace } from '../simulate.ts';
import { directoryOf, inventLinks } from './simulate.ts';

const specialties = ['Family medicine', 'Pediatrics', 'Cardiology', 'Internal medicine'];
const doctors = specialties.map((specialty) => ({ contactId: specialty, kind: 'physician', specialty }));
const today = '2026-03-04';
const linksOf = (number: number, bornOn: string, household = String(number), of = doctors) =>
  inventLinks(
    seeded('links', number),
    { patientId: String(number), bornOn, household },
    { directory: directoryOf(of), today, share: 1 },
  );
const many = Array.from({ length: 2000 }, (_, number) => linksOf(number, '1980-05-06'));

it('four of five have a primary care doctor, a third was sent', () => {
  const share = (role: string) =>
    many.filter((links) => links.some((one) => one.role === role)).length / many.length;
  expect(share('primary_care')).toBeGreaterThan(0.77);
  expect(share('primary_care')).toBeLessThan(0.83);
  expect(share('referring')).toBeGreaterThan(0.29);
  expect(share('referring')).toBeLessThan(0.37);
});

it('nobody has a doctor since before birth or from tomorrow on', () => {
  const born = '2026-02-20';
  const links = Array.from({ length: 300 }, (_, number) => linksOf(number, born)).flat();
  expect(links.length).toBeGreaterThan(200);
  expect(links.filter(({ since }) => since < born || since > today)).toEqual([]);
});

it('grown-ups go to no pediatrician, children to no internist, a household to one doctor', () => {
  const doctorsOf = (bornOn: string, household?: string) =>
    Array.from({ length: 300 }, (_, number) => linksOf(number, bornOn, household))
      .flat()
      .filter(({ role }) => role === 'primary_care')
      .map(({ contactId }) => contactId);
  expect(new Set(doctorsOf('1980-05-06'))).toEqual(new Set(['Family medicine', 'Internal medicine']));
  expect(new Set(doctorsOf('2018-05-06'))).toEqual(new Set(['Family medicine', 'Pediatrics']));
  expect(new Set(doctorsOf('1980-05-06', '12 Elm St 14993')).size).toBe(1);
});

it('a directory without doctors links nobody', () => {
  expect(Array.from({ length: 50 }, (_, number) => linksOf(number, '1980-05-06', 'x', [])).flat()).toEqual(
    [],
  );
});

it('no two places of the directory have one name, whatever the seed', () => {
  for (let round = 0; round < 20; round++) {
    const names = Array.from({ length: 800 }, (_, number) => nameOfPlace(`seed ${round}`, number).name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 60).filter((name) => /\d/.test(name))).toEqual([]);
  }
});
