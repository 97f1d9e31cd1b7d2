import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Head } from './verify.ts';

/** Heads noted outside the database, one a line: time, practice, number, code. Copy it off the machine. */
const headsFile = (dataFolder: string) => path.join(dataFolder, 'audit-heads.log');

/** Note where the practice's chain ends now. */
export async function noteHead(db: Db, dataFolder: string, practiceId: string, at: Date): Promise<void> {
  const { rows } = await sql<{ seq: string; mac: Buffer }>`
    select seq, mac from audit_heads where practice_id = ${practiceId}`.execute(db);
  const head = rows[0];
  if (!head) return;
  const line = `${at.toISOString()} ${practiceId} ${head.seq}:${Buffer.from(head.mac).toString('hex')}\n`;
  appendFileSync(headsFile(dataFolder), line, { mode: 0o600 });
}

/** The heads noted for a practice; none when the file is missing. */
export function readHeads(dataFolder: string, practiceId: string): Head[] {
  const file = headsFile(dataFolder);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter((parts) => parts[1] === practiceId)
    .flatMap((parts) => parseHead(parts[2] ?? '') ?? []);
}

/** `812:9f0c…` → a head; undefined when it is not one. */
export function parseHead(text: string): Head | undefined {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text.trim());
  return match?.[1] && match[2] ? { seq: Number(match[1]), mac: match[2] } : undefined;
}
