import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissions, routes } from '../src/app/lists.ts';
import { systemRoutes } from '../src/app/pages/system/system-routes.ts';
import { packetRoutes } from '../src/features/prints/packet/routes.ts';
import { backupRoutes } from '../src/platform/backups/routes.ts';
import { type RoleKey, roleKeys } from '../src/platform/contributions.ts';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from './office.ts';

/**
 * Who may call what, a line per route, kept by hand in role-matrix.txt: a new route without a line fails, and
 * so does a change of rights that nobody wrote down. `UPDATE_MATRIX=1` writes it anew for a review.
 */
const file = path.join(import.meta.dirname, 'role-matrix.txt');
const facts = { version: '0', storage: 'embedded', startedAt: new Date(0) } as const;
const place = { dataFolder: '.', key: Buffer.alloc(32), hidden: async () => new Set<string>() };
const all = [
  ...routes,
  ...packetRoutes(place),
  ...backupRoutes(place.key),
  ...systemRoutes({ dataFolder: '.' }, facts),
].map((route) => ({ name: `${route.endpoint.method} ${route.endpoint.path}`, ...route }));
const known = new Set(permissions.map((permission) => permission.key));

function mayByDefault(role: RoleKey, permission: string): boolean {
  if (permission === 'signed-in') return true;
  return permissions.some((one) => one.key === permission && one.roles.includes(role));
}

function lineOf(route: (typeof all)[number]): string {
  const roles = roleKeys.filter((role) => mayByDefault(role, route.permission));
  return `${route.name}: ${roles.join(' ')}`;
}

if (process.env.UPDATE_MATRIX) writeFileSync(file, `${all.map(lineOf).sort().join('\n')}\n`);
const lines = new Map(
  (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []).map((line) => {
    const [name = '', roles = ''] = line.split(': ');
    return [name, new Set(roles.split(' '))] as const;
  }),
);

describe('the role and route matrix', () => {
  it('has a line for every route, and none for a route that is gone', () => {
    expect([...lines.keys()].sort()).toEqual(all.map((route) => route.name).sort());
  });

  it('knows every permission that a route names', () => {
    expect(
      all
        .filter((route) => route.permission !== 'signed-in' && !known.has(route.permission))
        .map((route) => route.name),
    ).toEqual([]);
  });
});

describe('each role over HTTP', () => {
  let office: TestOffice;
  let practice: TestPractice;
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
  });
  afterAll(() => office.close());

  const call = async (desk: Desk, route: (typeof all)[number]): Promise<number> => {
    const address = route.endpoint.path.replace(/:\w+/g, () => randomUUID());
    const hasBody = !['GET', 'DELETE'].includes(route.endpoint.method);
    const answer = await fetch(office.url + address, {
      method: route.endpoint.method,
      headers: {
        authorization: `Bearer ${desk.token}`,
        'idempotency-key': randomUUID(),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: '{}' } : {}),
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  it.each(roleKeys)(
    'as %s: refused exactly where the matrix says so, and never a bug',
    async (role) => {
      const desk = await practice.as(role);
      const wrong: string[] = [];
      for (const route of all) {
        const status = await call(desk, route);
        const allowed = lines.get(route.name)?.has(role) ?? false;
        if ((status === 403) === allowed || status >= 500) wrong.push(`${route.name} answered ${status}`);
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );

  it('without a session answers 401 everywhere', async () => {
    const wrong: string[] = [];
    for (const route of all) {
      const answer = await fetch(office.url + route.endpoint.path.replace(/:\w+/g, () => randomUUID()), {
        method: route.endpoint.method,
      });
      if (answer.status !== 401) wrong.push(`${route.name} answered ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });
});
