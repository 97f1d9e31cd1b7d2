import type { Bundle, CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProgram, type Program, post } from '../../../test/fhir/program.ts';
import { results } from '../../fhir/search.ts';
import { capabilities, searchables, servedTypes } from './capabilities.ts';
import { fhirRoutes } from './routes.ts';

/** What the CapabilityStatement says is what is served: nothing is said in vain, and nothing goes unsaid. */
let program: Program;
let told: CapabilityStatement;
beforeAll(async () => {
  program = await openProgram();
  told = (await program.ask<CapabilityStatement>('metadata', { as: null })).body;
  await program.ask('Appointment', post(program.appointment()));
});
afterAll(() => program.office.close());

const resources = capabilities().rest?.[0]?.resource ?? [];
const strict = { headers: { prefer: 'handling=strict' } };
const samples: Record<string, string> = {
  string: 'test',
  token: '0',
  date: '2026-03-05',
  reference: '00000000-0000-7000-8000-000000000000',
  missing: 'true',
  exact: 'Test',
  contains: 'es',
  not: 'cancelled',
};
const special: Record<string, string> = { active: 'true', 'Appointment.status': 'booked' };
const sampleOf = (type: string, name: string, kind: string) =>
  special[name] ?? special[`${type}.${name}`] ?? samples[kind] ?? '';
/** Slots are always somebody's. */
const base = (type: string, name = '') =>
  type === 'Slot' && name !== 'schedule' ? `Slot?schedule=Schedule/${program.plan.lee}&` : `${type}?`;

const modifiersOf = (one: { documentation?: string }) =>
  [...(one.documentation ?? '').matchAll(/:(\w+)/g)].map(([, modifier = '']) => modifier);
const spoken = resources.flatMap((resource) =>
  (resource.searchParam ?? []).flatMap((one) => [
    { type: resource.type ?? '', name: one.name ?? '', kind: one.type ?? '' },
    ...modifiersOf(one).map((kind) => ({ type: resource.type ?? '', name: `${one.name}:${kind}`, kind })),
  ]),
);
const sortsOf = (one: CapabilityStatementRestResource) =>
  (one.documentation?.match(/_sort takes (.+)\.$/)?.[1] ?? '').split(', ');

describe('the CapabilityStatement', () => {
  it('is what every program reads', () => {
    expect(told).toEqual(capabilities());
    expect(resources.map((one) => one.type)).toEqual(servedTypes);
  });

  it('has the interactions and operations that there are routes for', () => {
    const codes: Record<string, string> = {
      'GET :id': 'read',
      'GET ': 'search-type',
      'POST _search': 'search-type',
      'POST ': 'create',
      'PUT :id': 'update',
      'PATCH :id': 'patch',
    };
    const served = fhirRoutes.map(({ endpoint }) => {
      const [, type = '', rest = ''] = endpoint.path.replace('/fhir/R4', '').split('/');
      return `${type} ${rest.startsWith('$') ? rest : codes[`${endpoint.method} ${rest}`]}`;
    });
    const said = resources.flatMap((one) => [
      ...(one.interaction ?? []).map(({ code }) => `${one.type} ${code}`),
      ...(one.operation ?? []).map(({ name }) => `${one.type} $${name}`),
    ]);
    expect([...new Set(served)].sort()).toEqual(said.sort());
  });

  it('says of every type the same as the search knows', () => {
    for (const type of servedTypes) {
      const said = spoken.filter((one) => one.type === type).map((one) => one.name);
      const known = Object.entries(searchables[type].parameters).flatMap(([name, [, ...modifiers]]) => [
        name,
        ...modifiers.map((one: string) => `${name}:${one}`),
      ]);
      expect(said).toEqual(known);
    }
  });

  it.each(spoken)('says that $type is searched by $name, and it is', async ({ type, name, kind }) => {
    const address = `${base(type, name)}${name}=${encodeURIComponent(sampleOf(type, name, kind))}`;
    const { status, body } = await program.ask<Bundle>(address, strict);
    expect([status, body.resourceType]).toEqual([200, 'Bundle']);
    expect(body.link?.[0]?.url).toContain(`${encodeURIComponent(name)}=`);
  });

  it('says what is sorted and brought along, and it is', async () => {
    for (const one of resources) {
      const type = one.type ?? '';
      const id = '00000000-0000-7000-8000-000000000000';
      const narrow = type === 'Appointment' ? `_id=${id}&` : '';
      const asked = [
        ...sortsOf(one).flatMap((name) => [`_sort=${name}`, `_sort=-${name}`]),
        ...(one.searchInclude ?? []).map((include) => `_include=${include}`),
      ];
      for (const query of asked) {
        const { status } = await program.ask<Bundle>(`${base(type)}${narrow}${query}`, strict);
        expect([type, query, status]).toEqual([type, query, 200]);
      }
    }
  });

  it('says what every search takes, and it does', async () => {
    const words = told.rest?.[0]?.documentation ?? '';
    const values: Record<string, string[]> = {
      _count: ['1', '0'],
      _total: ['none', 'estimate', 'accurate'],
      _summary: ['true', 'false', 'text', 'data', 'count'],
      _elements: ['id'],
    };
    for (const name of results) {
      expect(words).toContain(name);
      for (const type of servedTypes)
        for (const value of values[name] ?? []) {
          const { status } = await program.ask<Bundle>(`${base(type)}${name}=${value}`, strict);
          expect([type, name, value, status]).toEqual([type, name, value, 200]);
        }
    }
  });

  it('leaves nothing unsaid: what it does not name is refused to whoever wants to be told', async () => {
    const names = [...new Set(spoken.map((one) => one.name))];
    const includes = resources.flatMap((one) => one.searchInclude ?? []);
    for (const one of resources) {
      const type = one.type ?? '';
      const own = spoken.filter((other) => other.type === type).map((other) => other.name);
      const unsaid = [
        ...names.filter((name) => !own.includes(name)).map((name) => `${name}=true`),
        ...includes.filter((name) => !one.searchInclude?.includes(name)).map((name) => `_include=${name}`),
        '_sort=shoe-size',
        '_revinclude=Appointment:patient',
        '_lastUpdated:missing=true',
      ];
      for (const query of unsaid) {
        const { status } = await program.ask(`${base(type)}${query}`, strict);
        expect([type, query, status]).toEqual([type, query, 400]);
      }
    }
  });
});
