import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '../platform/config.ts';

const noteOf = (config: Config) => path.join(config.dataFolder, 'moved.json');
const Note = z.object({ at: z.string() });

/** Say in the data folder that its embedded database went to a server. */
export function noteMoved(config: Config, at: string): void {
  writeFileSync(noteOf(config), JSON.stringify({ at }), { mode: 0o600 });
}

/** An office that went to a server must not be opened here again by a forgotten setting: the two would go apart. */
export function refuseMoved(config: Config): void {
  const note = noteOf(config);
  if (config.databaseUrl || !existsSync(note)) return;
  const { at } = Note.parse(JSON.parse(readFileSync(note, 'utf8')));
  throw new Error(
    `This office moved to a server on ${at.slice(0, 10)}. Set DATABASE_URL, or delete ${note} to open the old copy`,
  );
}
