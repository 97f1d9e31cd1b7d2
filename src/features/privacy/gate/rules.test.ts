import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../app/lists.ts';
import { personPaths } from '../../../app/person-lists.ts';
import { newId } from '../../../platform/id.ts';
import { exempt, exemptionOf, heldUpBy, subjectsOf } from './rules.ts';

const one = newId();
const other = newId();
const nothing = { params: {}, query: {}, body: {} };
const idsOf = (path: string, asked: Partial<typeof nothing> | Record<string, unknown>) =>
  subjectsOf(path, { ...nothing, ...asked }, personPaths).map((subject) =>
    'patientId' in subject ? subject.patientId : `behind ${subject.id}`,
  );

describe('whom a request is about', () => {
  it.each([
    ['the person of the address', '/api/patients/:id', { params: { id: one } }, [one]],
    ['and of all below it', '/api/patients/:id/coverages', { params: { id: one } }, [one]],
    [
      'both of a comparison',
      '/api/patients/:id/merge-with/:otherId',
      { params: { id: one, otherId: other } },
      [one, other],
    ],
    [
      'both of a merge',
      '/api/patients/:id/merge',
      { params: { id: one }, body: { otherId: other } },
      [one, other],
    ],
    ['the person of a visit', '/api/visits/:id/arrive', { params: { id: one } }, [`behind ${one}`]],
    ['whom a body names', '/api/visits', { body: { patientId: one } }, [one]],
    ['whom a query names', '/api/people/merges', { query: { patientId: one } }, [one]],
    ['each once', '/api/patients/:id', { params: { id: one }, body: { patientId: one } }, [one]],
    ['in capitals too', '/fhir/R4/Patient/:id', { params: { id: one.toUpperCase() } }, [one]],
    [
      'whom a resource refers to',
      '/fhir/R4/Appointment',
      { body: { participant: [{ actor: { reference: `Patient/${one}` } }] } },
      [one],
    ],
    ['nobody where nobody is named', '/api/sites', { body: { name: 'West' } }, []],
    ['nobody by what is no id', '/api/patients/:id', { params: { id: 'recent' } }, []],
  ])('%s', (_, path, asked, expected) => {
    expect(idsOf(path, asked)).toEqual(expected);
  });
});

/** Whether an answer names people: a field `patientId`, or a person whole. */
function answersPeople(answer: z.ZodType): boolean {
  const shape = JSON.stringify(z.toJSONSchema(answer, { unrepresentable: 'any', io: 'output' }));
  return /"(patientIds?|subjectIds)"/.test(shape);
}

/** Routes that name people and belong to those who oversee the office or bring its records in. */
const overseen: Readonly<Record<string, string>> = {
  'GET /api/audit': 'the audit is for those who oversee',
};

describe('every route that is about a person', () => {
  it('is held up, or exempt with a reason', () => {
    const forgotten = routes
      .map(({ endpoint }) => endpoint)
      .filter((endpoint) => answersPeople(endpoint.answer) || heldUpBy(endpoint, personPaths))
      .filter((endpoint) => !heldUpBy(endpoint, personPaths) && !exemptionOf(endpoint))
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => !overseen[name]);
    expect(forgotten, 'hold it up (gate/rules.ts, app/lists.ts personPaths) or say there why not').toEqual(
      [],
    );
  });

  it('no exemption is for a route that is gone', () => {
    const known = new Set(routes.map(({ endpoint: { method, path } }) => `${method} ${path}`));
    expect(Object.keys(exempt).filter((name) => !known.has(name))).toEqual(
      ['POST /api/glass'].filter((name) => !known.has(name)),
    );
  });
});
