import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../test/office.ts';

type Operation = {
  'x-permission'?: string;
  'x-kind'?: string;
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, { content?: unknown }>;
  requestBody?: unknown;
};
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> };

let office: TestOffice;
let document: Document;
const routes: string[] = [];
beforeAll(async () => {
  office = await openTestOffice();
  document = (await (await fetch(`${office.url}/api/openapi.json`)).json()) as Document;
  // Fastify's own list of what it answers, as lines of a tree.
  const tree = office.app.printRoutes({ commonPrefix: false });
  const path: string[] = [];
  for (const line of tree.split('\n')) {
    const found = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (!found) continue;
    const depth = (found[1] ?? '').length / 4;
    path.length = depth;
    path[depth] = found[2] ?? '';
    for (const method of (found[3] ?? '').split(', ').filter((one) => one && one !== 'HEAD')) {
      routes.push(`${method} ${path.join('')}`.replace(/:(\w+)/g, '{$1}'));
    }
  }
});
afterAll(() => office.close());

describe('the OpenAPI document', () => {
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );

  it('is 3.1 and has every route that the office answers', () => {
    expect(document.openapi).toBe('3.1.0');
    const api = routes.filter(
      (route) => / \/((api|fhir|feeds)\/|wall$)/.test(route) && !route.endsWith('/*'),
    );
    expect(api.length).toBeGreaterThan(50);
    expect(
      operations()
        .map((one) => one.name)
        .sort(),
    ).toEqual(api.sort());
  });

  it('says of every route its permission, its answer and its refusals', () => {
    for (const { name, operation } of operations()) {
      expect(operation['x-permission'], name).toBeTruthy();
      for (const code of ['200', '400', '401', '403', '404'])
        expect(operation.responses[code]?.content, name).toBeTruthy();
    }
  });

  it('asks an Idempotency-Key of every write but those of the session', () => {
    const without = operations()
      .filter(({ name, operation }) => operation['x-kind'] === 'write' && !name.includes(' /fhir/'))
      .filter(
        ({ operation }) =>
          !operation.parameters.some((one) => one.name === 'Idempotency-Key' && one.required),
      )
      .map((one) => one.name);
    // A file has none: a repeat is another file.
    expect(without.every((name) => /\/api\/(session|imports\/upload)/.test(name))).toBe(true);
  });
});
