/** Forty desks that show Today, while someone works: each asks again whenever it hears of a change. */
import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { type Caller, openCaller } from './caller.ts';

type Desk = { caller: Caller; headers: Record<string, string>; close(): void };

async function openDesk(url: string, onTouched: () => void): Promise<Desk> {
  const caller = openCaller(url);
  const session = { email: 'secretary@demo.test', password: 'demo-desk', kind: 'bearer' };
  const { token } = JSON.parse((await caller.send('POST', '/api/session', {}, session)).body.toString());
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
  const stream = get(`${url}/api/live`, { headers: { authorization: headers.authorization } }, (answer) => {
    answer.on('data', (data: Buffer) => data.includes('event: touched') && onTouched());
    answer.on('error', () => undefined);
  });
  stream.on('error', () => undefined);
  return {
    caller,
    headers,
    close: () => {
      stream.destroy();
      caller.close();
    },
  };
}

/**
 * @param perSecond writes a second that change what is owed
 * @returns milliseconds of each Today that a desk asked for after it heard of a change
 */
export async function measureDesks(url: string, seconds: number, perSecond = 2): Promise<number[]> {
  const took: number[] = [];
  const desks: Desk[] = [];
  for (let index = 0; index < 40; index++) {
    const state = { busy: false, again: false, soon: false };
    const ask = async () => {
      const desk = desks[index];
      if (!desk) return;
      // As the desk does: one question at a time, and once more for what came meanwhile.
      if (state.busy) {
        state.again = true;
        return;
      }
      state.busy = true;
      const at = performance.now();
      const answer = await desk.caller.send('GET', '/api/today', {
        ...desk.headers,
        'x-frontdesk-live': '1',
      });
      if (answer.status === 200) took.push(performance.now() - at);
      state.busy = false;
      if (state.again) {
        state.again = false;
        await ask();
      }
    };
    // Within 300 ms, as platform/web/live.ts.
    const askSoon = () => {
      if (state.soon) return;
      state.soon = true;
      setTimeout(() => {
        state.soon = false;
        ask().catch(() => undefined);
      }, Math.random() * 300);
    };
    desks.push(await openDesk(url, askSoon));
  }
  const [first] = desks;
  for (let n = 0; first && n < seconds * perSecond; n++) {
    const body = { text: `Call back ${n}`, dueAt: new Date(Date.now() + 3_600_000).toISOString() };
    await first.caller.send(
      'POST',
      '/api/tasks',
      { ...first.headers, 'idempotency-key': randomUUID() },
      body,
    );
    await new Promise((done) => setTimeout(done, 1000 / perSecond));
  }
  for (const desk of desks) desk.close();
  return took.sort((a, b) => a - b);
}
