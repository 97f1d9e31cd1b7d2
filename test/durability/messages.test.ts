import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { makeStore } from '../../src/app/office.ts';
import { insertMessage } from '../../src/features/messages/queueing/commands.ts';
import { changeSettings } from '../../src/features/messages/settings/commands.ts';
import { usualRules } from '../../src/features/messages/settings/rules.ts';
import { registerPatients } from '../../src/features/patients/commands.ts';
import { recordConsents } from '../../src/features/patients/consents/commands.ts';
import { createPractice } from '../../src/features/practice/commands.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { openServer } from '../../src/platform/db/server.ts';
import { inTransaction, type Store, type Tx, theOffice } from '../../src/platform/db/transaction.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { rounds } from '../rounds.ts';
import { cloneServer, databaseUrl, login, serverUrl } from '../templates.ts';
import { openTextProvider } from '../text-provider.ts';
import { ended, startProcess } from './processes.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-messages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function queue(tx: Tx, patientId: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await insertMessage(tx, {
      ...{
        channel: 'text',
        patientId,
        address: '+15185550123',
        proxyName: '',
        subject: '',
        body: `Message ${index} of ${tx.now.getTime()}`,
      },
      ...{
        language: 'en',
        purpose: 'other',
        template: '',
        isAnswer: true,
        aboutKind: '',
        aboutId: null,
        answers: [],
      },
      ...{ uniqueKey: null, state: 'queued', why: '', notBefore: tx.now, expiresAt: null },
    });
  }
}

const stateCounts = (store: Store, practiceId: string) =>
  inTransaction(store, { practiceId, actor: theOffice, readOnly: true }, async (tx) => {
    const { rows } = await sql<{ state: string; count: number }>`
      select state, count(*)::int as count from messages group by state order by state`.execute(tx.db);
    return Object.fromEntries(rows.map((row) => [row.state, row.count]));
  });

describe.runIf(serverUrl)('an office that is killed while it sends', () => {
  it('sends each text once, and loses none', { timeout: 600_000 }, async () => {
    const { name, drop } = await cloneServer();
    const url = databaseUrl(name, login);
    const provider = await openTextProvider();
    const source = openServer(url);
    const store = makeStore(source, auditKey(folder), new LiveHub());
    const manager = {
      givenName: 'Max',
      familyName: 'Okafor',
      email: 'max@test.example',
      password: 'correct horse battery',
    };
    const { practiceId } = await createPractice(store, {
      name: 'Elm',
      timeZone: 'America/New_York',
      kind: 'real',
      manager,
    });
    const write = <T>(work: (tx: Tx) => Promise<T>) =>
      inTransaction(store, { practiceId, actor: theOffice }, work);
    const patientId = await write(async (tx) => {
      const texts = { baseUrl: provider.url, accountSid: provider.accountSid, from: provider.number };
      const rest = { email: null, emailPassword: '', texts, textToken: provider.token };
      await changeSettings(tx, store.auditKey, { version: 0, rules: usualRules, ...rest });
      const phones = [{ kind: 'mobile' as const, number: '+15185550123' }];
      const [one] = await registerPatients(tx, [{ familyName: 'Test', givenName: 'Jo', phones }]);
      const id = one?.patientId ?? '';
      const answers = [{ channel: 'text' as const, purpose: 'results' as const, state: 'given' as const }];
      await recordConsents(tx, id, { answers, how: 'form', lastId: null });
      return id;
    });
    const env = {
      ...process.env,
      FRONTDESK_DATA: folder,
      DATABASE_URL: url,
      FRONTDESK_PRIVATE_NETWORKS: 'allow',
      LOG_LEVEL: 'silent',
    };
    const kills = rounds(2, 12);
    const each = 15;
    for (let round = 0; round <= kills; round++) {
      if (round < kills) await write((tx) => queue(tx, patientId, each));
      const before = provider.asked();
      // What was on its way when the last one died counts as lost by now
      const office = await startProcess({ ...env, TEST_CLOCK_AHEAD_MS: String(round * 400_000) });
      const isLast = round === kills;
      for (let waited = 0; waited < 200; waited++) {
        const counts = await stateCounts(store, practiceId);
        const open = (counts.queued ?? 0) + (counts.sending ?? 0);
        if (isLast ? open === 0 : provider.asked() - before > 3 + round) break;
        await new Promise((resolve) => setTimeout(resolve, isLast ? 300 : 3));
      }
      await ended(office.child, isLast ? 'SIGTERM' : 'SIGKILL');
    }
    const keys = provider.texts.map((one) => one.body);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(kills * each);
    expect(await stateCounts(store, practiceId)).toEqual({ sent: kills * each });
    await source.close();
    await provider.close();
    await drop();
  });
});
