import { sql } from 'kysely';
import type { Db } from '../../../../platform/db/database.ts';
import { nameOf } from '../../queries.ts';
import type { WaitlistSettings } from '../../settings/schema.ts';
import { type Candidate, choose, ruleVersion, type Slot, type WhyNot, whyWords } from '../choosing/rules.ts';
import type { LoggedWave } from '../schema.ts';

type Wave = { wave: number; at: string; ruleVersion: number; slot: Slot; settings: WaitlistSettings };
type Row = {
  wave: number;
  entryId: string;
  patientId: string;
  patientName: string;
  priority: string;
  addedAt: string;
  position: number | null;
  offered: boolean;
  why: WhyNot[];
  facts: Candidate;
};

/** How each wave of an opening was chosen, as it was written then, and whether the rule gives the same order today. */
export async function readLog(db: Db, openingId: string): Promise<LoggedWave[]> {
  const { rows: waves } = await sql<Wave>`
    select wave, at, rule_version, slot, settings from waitlist_waves
    where opening_id = ${openingId} order by wave limit 200`.execute(db);
  const { rows } = await sql<Row>`
    select c.wave, c.entry_id, e.patient_id, ${nameOf} as patient_name, c.facts ->> 'priority' as priority, e.added_at,
      c.position, c.offered, c.why, c.facts
    from waitlist_choices c
    join waitlist_entries e on e.practice_id = c.practice_id and e.entry_id = c.entry_id
    join patients p on p.practice_id = e.practice_id and p.patient_id = e.patient_id
    where c.opening_id = ${openingId}
    order by c.wave, c.position is null, c.position, e.added_at, c.entry_id limit 20000`.execute(db);
  return waves.map((wave) => {
    const choices = rows.filter((row) => row.wave === wave.wave);
    return {
      wave: wave.wave,
      at: wave.at,
      agrees: wave.ruleVersion === ruleVersion && agrees(wave, choices),
      choices: choices.map(({ facts: _, wave: __, ...one }) => ({
        ...one,
        whyWords: one.why.map((code) => whyWords[code]).join('; '),
      })),
    };
  });
}

/** Worked out anew from the facts: the same order, and those at its head were asked. */
function agrees({ slot, settings, at }: Wave, rows: readonly Row[]): boolean {
  const anew = new Map(
    choose(
      slot,
      rows.map((row) => row.facts),
      settings,
      Date.parse(at),
    ).map((one) => [one.entryId, one]),
  );
  return rows.every(({ entryId, position, offered, why }) => {
    const one = anew.get(entryId);
    const first = position !== null && position <= settings.atOnce;
    return one?.position === position && one.why.join() === why.join() && offered === first;
  });
}
