import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FollowUps, openFollowUps } from '../../../test/follow-ups.ts';
import { openTestOffice, storages, type TestOffice } from '../../../test/office.ts';
import { newId } from '../../platform/id.ts';
import * as api from './api.ts';
import { statementOf } from './queries.ts';

const many = 100_000;
const limit = 50;

type Node = { 'Relation Name'?: string; 'Actual Rows': number; 'Actual Loops': number; Plans?: Node[] };
const Node: z.ZodType<Node> = z.looseObject({
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  get Plans() {
    return z.array(Node).optional();
  },
});

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

describe.runIf(storages.includes('server'))('a hundred thousand open follow-ups', () => {
  let office: TestOffice;
  let desk: FollowUps;
  beforeAll(async () => {
    office = await openTestOffice({ storage: 'server' });
    desk = await openFollowUps(office);
    await desk.practice.tx(async (tx) => {
      const { followUp } = desk.plan;
      await sql`
        insert into follow_ups (practice_id, follow_up_id, patient_id, origin, visit_type_id, target_on, earliest_on,
          latest_on, next_try_on, ordered_at, act_on)
        select ${tx.practiceId}, overlay(${newId()}::text placing lpad(to_hex(n), 12, '0') from 25)::uuid,
          p.patient_id, 'ordered', ${followUp}, d.on_date, d.on_date, d.on_date + 5, d.on_date, ${tx.now}, d.on_date
        from generate_series(1, ${many}) n
        cross join lateral (select ('2026-03-04'::date + (n % 400 - 300))) as d (on_date)
        join (select patient_id, row_number() over (order by patient_id) - 1 as nth, count(*) over () as people
          from patients) p on p.nth = n % p.people`.execute(tx.db);
    });
  }, 120_000);
  afterAll(() => office.close());

  it.each(['due', 'overdue', 'tries', 'open'] as const)(
    'are met by an index: a page of “%s” reads hardly more than it shows',
    async (filter) => {
      const read = await desk.practice.tx(async (tx) => {
        const { rows } = await sql<Record<string, unknown>>`
          explain (analyze, timing off, format json) ${statementOf({ filter, today: '2026-03-04', limit })}`.execute(
          tx.db,
        );
        const told = Object.values(rows[0] ?? {})[0];
        const [{ Plan }] = z
          .tuple([z.object({ Plan: Node })])
          .parse(typeof told === 'string' ? JSON.parse(told) : told);
        return nodesOf(Plan)
          .filter((node) => node['Relation Name'] === 'follow_ups')
          .reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0);
      });
      expect(read).toBeGreaterThan(0);
      expect(read).toBeLessThanOrEqual(4 * limit);
    },
  );

  it('are listed page by page, each once', async () => {
    const seen = new Set<string>();
    let after: string | undefined;
    for (let page = 0; page < 4; page++) {
      const answer = await desk.ana.do(api.listFollowUps, {
        query: { filter: 'open', ...(after ? { after } : {}) },
      });
      for (const one of answer.followUps) seen.add(one.followUpId);
      after = answer.next ?? undefined;
      expect([answer.followUps.length * (page + 1), after !== undefined]).toEqual([seen.size, true]);
    }
  });
});
