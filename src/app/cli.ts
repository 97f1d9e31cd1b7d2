import { FolderInUse } from '../platform/db/folder-lock.ts';
import { commands, usage } from './commands.ts';

/** `frontdesk <command> …`: a failure says in one line what to do, and ends with 1. */
async function main(): Promise<number> {
  const [name = 'help', ...words] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    process.stdout.write(usage());
    return name === 'help' || name === '--help' ? 0 : 2;
  }
  return command.run(words);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { message, code } = error as NodeJS.ErrnoException;
    const busy = code === 'EADDRINUSE' ? ' Something else listens there: set PORT to another number.' : '';
    process.stderr.write(`${message}.${busy}\n`.replace('..', '.'));
    if (process.env.FRONTDESK_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = error instanceof FolderInUse ? 3 : 1;
  },
);
