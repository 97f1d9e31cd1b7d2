import { type Route, route } from '../http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { findLastDrillAt, findPlan, findPracticeAge, listRuns } from './queries.ts';
import { nextDue } from './rules.ts';

const minimum = 12;
export const passphraseOfEnvironment = (env: NodeJS.ProcessEnv = process.env): string | null => {
  const passphrase = env.FRONTDESK_BACKUP_PASSPHRASE ?? '';
  return passphrase.length >= minimum ? passphrase : null;
};

/** @param officeKey seals the passphrase that is typed into the plan */
export function backupRoutes(officeKey: Buffer): readonly Route[] {
  return [
    route(api.getBackups, 'office.upkeep', async (tx) => {
      const plan = await findPlan(tx.db);
      const { timeZone } = await findPracticeAge(tx.db);
      const kept = plan && commands.keptPassphrase(plan, officeKey, tx.practiceId);
      const passphrase: api.Backups['passphrase'] = passphraseOfEnvironment()
        ? 'environment'
        : kept
          ? 'kept'
          : 'missing';
      return {
        plan: plan && { ...plan, nextAt: nextDue(plan, tx.now, timeZone).toISOString() },
        passphrase,
        runs: await listRuns(tx.db),
        lastDrillAt: await findLastDrillAt(tx.db),
      };
    }),
    route(api.planBackups, 'office.upkeep', async (tx, { body }) => ({
      version: await commands.planBackups(tx, officeKey, body, passphraseOfEnvironment() !== null),
    })),
    route(api.backUpNow, 'office.upkeep', async (tx) => {
      await commands.backUpNow(tx);
      return {};
    }),
    route(api.noteDrill, 'office.upkeep', async (tx, { body }) => {
      await commands.noteDrill(tx, body.reason);
      return {};
    }),
  ];
}
