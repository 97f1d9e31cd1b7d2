import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeStore } from '../../src/app/office.ts';
import { registerPatients } from '../../src/features/patients/commands.ts';
import { createPractice } from '../../src/features/practice/commands.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { openEmbedded } from '../../src/platform/db/embedded.ts';
import { openServer } from '../../src/platform/db/server.ts';
import { inTransaction, type Tx, theOffice } from '../../src/platform/db/transaction.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { seeded } from '../../src/platform/random.ts';
import { openSession } from '../../src/platform/session/session.ts';
import { childProgram } from '../children.ts';
import { expectNoLeaks, listening } from '../log-scan.ts';
import { storages, type TestPractice } from '../office.ts';
import { setUpSchedule } from '../practice.ts';
import { rounds, seed } from '../rounds.ts';
import { cloneEmbedded, cloneServer, databaseUrl, login } from '../templates.ts';
import { hostileBodies, hostileValue, type Schema, sample, spoil } from './hostile.ts';

/**
 * Every route of the OpenAPI document, asked for what no desk asks: it answers with 2xx or a kind 4xx, never as a
 * bug, never with another practice's rows; and nothing about a person stands in the log afterwards.
 */

type Operation = {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Document = { paths: Record<string, Record<string, Operation>> };

/** Those that end or hold the session that asks. */
const left = new Set(['/api/live', '/api/session/end', '/api/session/lock', '/api/session/password']);

/** Words that stand nowhere else: what is found again has leaked. */
const marks = {
  family: 'Zyxwvut',
  given: 'Qponmlk',
  phone: '+12125559817',
  note: 'jihgfedcba',
  bornOn: '1931-07-19',
};
const foreign = { family: 'Foreigner', practice: 'Elsewhere Clinic' };

const improper =
  /\b(select|insert|update|delete) .* (from|into|set)\b|violates|constraint|node_modules|\.[tj]s:\d|\/src\/|stack/i;

async function prepare() {
  const storage = storages.at(-1);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-fuzz-'));
  const server = storage === 'server' ? await cloneServer() : undefined;
  const url = server && databaseUrl(server.name, login);
  const database = path.join(folder, 'database');
  if (!server) cloneEmbedded(database);
  const source = url ? openServer(url) : await openEmbedded({ folder: database, durable: false });
  const store = makeStore(source, auditKey(folder), new LiveHub());
  const open = async (name: string) => {
    const made = await createPractice(store, {
      name,
      timeZone: 'America/New_York',
      manager: {
        givenName: 'Max',
        familyName: 'Okafor',
        email: `m-${randomUUID()}@test.example`,
        password: 'four quiet words',
      },
    });
    const opening = { practiceId: made.practiceId, actor: theOffice };
    const tx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(store, opening, work);
    const schedule = await setUpSchedule({ ...made, tx } as unknown as TestPractice);
    return { made, tx, schedule };
  };
  const own = await open('Elm Street');
  const other = await open(foreign.practice);
  await other.tx((tx) => registerPatients(tx, [{ familyName: foreign.family, givenName: 'Else' }]));
  const [marked] = await own.tx((tx) =>
    registerPatients(tx, [
      {
        familyName: marks.family,
        givenName: marks.given,
        bornOn: marks.bornOn,
        note: marks.note,
        phones: [{ kind: 'mobile' as const, number: marks.phone }],
      },
    ]),
  );
  const { token } = await own.tx((tx) => openSession(tx, own.made.managerAccountId, 'bearer'));
  await source.close();
  const idsOf = (schedule: Awaited<ReturnType<typeof setUpSchedule>>) =>
    Object.values(schedule)
      .flat()
      .filter((one) => typeof one === 'string');
  const ids = [...idsOf(own.schedule), marked?.patientId ?? '', own.made.managerStaffId];
  return {
    token,
    ids,
    foreignIds: idsOf(other.schedule),
    env: { ...process.env, FRONTDESK_DATA: folder, DATABASE_URL: url, LOG_LEVEL: 'debug' },
    drop: async () => {
      await server?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startLogged(env: NodeJS.ProcessEnv) {
  const script = await childProgram('test/durability/child-office.ts');
  const child = spawn(process.execPath, [script], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The office did not start: ${log}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const found = /port (\d+)/.exec(log);
      if (found?.[1]) resolve(found[1]);
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return { url: `http://127.0.0.1:${port}`, log: () => log, stop };
}

it('takes nothing amiss, whatever any route is sent', { timeout: 1_200_000 }, async () => {
  const prepared = await prepare();
  const office = await startLogged(prepared.env);
  const document = (await (await fetch(`${office.url}/api/openapi.json`)).json()) as Document;
  const whole = rounds(2, 120);
  const faults: string[] = [];
  const counts = new Map<number, number>();

  const ask = async (what: string, method: string, address: string, init: RequestInit) => {
    const response = await fetch(office.url + address, {
      ...init,
      method,
      signal: AbortSignal.timeout(20_000),
    }).catch((error: Error) => error);
    if (response instanceof Error) {
      // Who sends too much may be cut off before the answer is read.
      const cut = /ECONNRESET|EPIPE|UND_ERR_SOCKET/.test(String((response.cause as { code?: string })?.code));
      if (!cut || String(init.body).length < 1_000_000) faults.push(`${what}: ${response.message}`);
      return;
    }
    const text = await response.text();
    counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
    const say = (fault: string) => faults.push(`${what}: ${response.status} ${fault}`);
    if (response.status >= 500) say(text.slice(0, 200));
    if (response.status >= 400 && !/"(message|diagnostics|text)":"[^"]{8,}/.test(text))
      say('says nothing kind');
    if (response.status >= 400 && improper.test(text)) say(`tells of the inside: ${text.slice(0, 200)}`);
    if (text.includes(foreign.family) || text.includes(foreign.practice)) say('shows another practice');
  };

  for (const [template, methods] of Object.entries(document.paths)) {
    if (left.has(template)) continue;
    for (const [lower, operation] of Object.entries(methods)) {
      const method = lower.toUpperCase();
      for (let round = 0; round < whole; round++) {
        const random = seeded('fuzz', seed(), template, lower, round);
        const ids = random.chance(0.25) ? prepared.foreignIds : prepared.ids;
        const text = (value: unknown) =>
          typeof value === 'string' ? value.slice(0, 2000) : JSON.stringify(value);
        const wild = random.chance(0.3);
        const address = template.replace(/\{(\w+)\}/g, () =>
          encodeURIComponent(
            wild
              ? String(text(hostileValue(random)))
                  .replace(/[\uD800-\uDFFF]/g, '?')
                  .slice(0, 90) || 'x'
              : random.pick(ids),
          ),
        );
        const query = operation.parameters
          .filter((one) => one.in === 'query' && random.chance(0.8))
          .map(({ name, schema }) => {
            const value = random.chance(0.5) ? sample(schema, random, ids) : hostileValue(random);
            return `${name}=${encodeURIComponent(String(text(value) ?? '').replace(/[\uD800-\uDFFF]/g, '?'))}`;
          })
          .join('&');
        const content = Object.entries(operation.requestBody?.content ?? {})[0];
        const hostile = random.pick(hostileBodies);
        const raw = content !== undefined && random.chance(0.2);
        const valid = content ? sample(content[1].schema, random, ids) : undefined;
        const body = raw
          ? hostile[1]
          : content && JSON.stringify(random.chance(0.15) ? valid : spoil(valid, random));
        await ask(`${method} ${template} round ${round}`, method, `${address}${query ? `?${query}` : ''}`, {
          headers: {
            authorization: `Bearer ${random.chance(0.05) ? 'nobody' : prepared.token}`,
            'idempotency-key': random.chance(0.1) ? 'short' : randomUUID(),
            ...(content ? { 'content-type': (raw && hostile[2]) || content[0] } : {}),
          },
          ...(body === undefined ? {} : { body }),
        });
      }
    }
  }
  await office.stop();
  await prepared.drop();
  process.stdout.write(
    `  answers: ${[...counts]
      .sort()
      .map(([status, n]) => `${n} × ${status}`)
      .join(', ')}\n`,
  );
  // A bug is looked up by its number; the log holds nobody's data, as is shown below.
  const told = office
    .log()
    .split('\n')
    .filter((line) => /"level":(50|60)/.test(line));
  expect(faults, told.slice(0, 20).join('\n')).toEqual([]);
  // The routes were reached, and not only refused at the door.
  expect(counts.get(200) ?? 0).toBeGreaterThan(50);
  expectNoLeaks([office.log()], { people: [marks], holds: [listening] });
});
