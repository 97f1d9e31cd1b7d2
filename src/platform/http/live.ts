import type { FastifyReply } from 'fastify';
import type { Touch } from '../db/transaction.ts';

type Listener = { practiceId: string; reply: FastifyReply };
type Event = { id: number; practiceId: string; data: string };

const kept = 1000;

/**
 * The live hub: what a commit touched goes to every desk of the practice as a server-sent event of topics and
 * keys (ids and dates), never of content: the desk asks again with its own rights. A desk that reconnects
 * with Last-Event-ID gets what it missed, or `reset` when that is too long ago.
 */
export class LiveHub {
  private readonly listeners = new Set<Listener>();
  private readonly recent: Event[] = [];
  private lastId = 0;
  /** Event ids of another run of the office mean nothing here. */
  readonly epoch = Date.now().toString(36);

  publish(touches: Touch[]): void {
    // Node 20 has no Map.groupBy.
    for (const practiceId of new Set(touches.map((touch) => touch.practiceId))) {
      this.publishOne(
        practiceId,
        touches.filter((touch) => touch.practiceId === practiceId),
      );
    }
  }

  private publishOne(practiceId: string, list: Touch[]): void {
    this.lastId += 1;
    const data = JSON.stringify(list.map(({ topic, keys }) => ({ topic, keys })));
    const event = { id: this.lastId, practiceId, data };
    this.recent.push(event);
    if (this.recent.length > kept) this.recent.shift();
    for (const listener of this.listeners) {
      if (listener.practiceId === practiceId) listener.reply.raw.write(this.format(event));
    }
  }

  private format(event: Event): string {
    return `id: ${this.epoch}-${event.id}\nevent: touched\ndata: ${event.data}\n\n`;
  }

  /** Take over the reply as an event stream until the desk goes away. */
  listen(reply: FastifyReply, practiceId: string, lastEventId: string | undefined): void {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    raw.write(`retry: 1000\nid: ${this.epoch}-${this.lastId}\nevent: hello\ndata: {}\n\n`);
    this.replay(reply, practiceId, lastEventId);
    const listener = { practiceId, reply };
    this.listeners.add(listener);
    const beat = setInterval(() => raw.write(': still here\n\n'), 20_000);
    raw.on('close', () => {
      clearInterval(beat);
      this.listeners.delete(listener);
    });
  }

  private replay(reply: FastifyReply, practiceId: string, lastEventId: string | undefined): void {
    if (!lastEventId) return;
    const [epoch, number] = lastEventId.split('-');
    const since = Number(number);
    const oldest = this.recent[0]?.id ?? this.lastId + 1;
    if (epoch !== this.epoch || !Number.isInteger(since) || since + 1 < oldest) {
      reply.raw.write('event: reset\ndata: {}\n\n');
      return;
    }
    for (const event of this.recent) {
      if (event.id > since && event.practiceId === practiceId) reply.raw.write(this.format(event));
    }
  }

  /** Changes may have been missed: every desk asks for everything anew. */
  reset(): void {
    this.recent.length = 0;
    for (const { reply } of this.listeners) reply.raw.write('event: reset\ndata: {}\n\n');
  }

  close(): void {
    for (const listener of this.listeners) listener.reply.raw.end();
    this.listeners.clear();
  }
}
