import type { Config } from '../platform/config.ts';
import type { OpenedDatabase } from '../platform/db/open.ts';
import { openServer } from '../platform/db/server.ts';
import type { Store } from '../platform/db/transaction.ts';
import { type DemoState, emptyDemoStore, listPractices } from '../platform/practices.ts';
import { catchUp, isAnotherDay, isUntouched } from '../simulator/catch-up.ts';
import {
  findDemoState,
  makeDemoPractice,
  type Player,
  playFirstParts,
  playNext,
  resumeDemo,
  setUpDemo,
} from '../simulator/demo.ts';
import { demoSize, type Size } from '../simulator/plan.ts';

export type DemoOptions = { seed?: string; size?: Size; say?: (line: string) => void };

/** The rest of the demo, played behind the open office. */
export type DemoInProgress = {
  practiceId: string;
  state(): DemoState;
  /** Play what is left, in small pieces with pauses. */
  goOn(): void;
  /** Stop after the running piece; a later start goes on there. */
  stop(): Promise<void>;
};

const quiet = () => undefined;

/**
 * The demo practice of a store: made where there is no practice at all, moved to today where nobody changed
 * anything in it, and else continued as its days would have gone. null where there are only real practices.
 */
export async function openDemo(
  store: Store,
  database: Pick<OpenedDatabase, 'source' | 'embedded'>,
  config: Pick<Config, 'ownerUrl'>,
  options: DemoOptions = {},
): Promise<DemoInProgress | null> {
  const { seed = 'elm-street', size = demoSize, say = quiet } = options;
  const practices = await listPractices(store);
  const demo = practices.find((practice) => practice.kind === 'demo');
  if (!demo && practices.length > 0) return null;
  if (demo && (await findDemoState(store, demo.practiceId))?.load) return null;
  let practiceId = demo?.practiceId;
  if (practiceId && practices.length === 1 && (await isStaleAndUntouched(store, practiceId))) {
    if (await removeDemo(practiceId, database, config)) {
      say('Nobody changed the demo: it moves to today.');
      practiceId = undefined;
    }
  }
  if (practiceId && (await findDemoState(store, practiceId))) {
    return inProgress(store, await reopen(store, practiceId, size, say));
  }
  say('Setting up the demo practice …');
  practiceId ??= await makeDemoPractice(store);
  await setUpDemo(store, practiceId, seed, size);
  const player: Player = { ...(await resumeDemo(quietly(store), practiceId, size)), plan: null };
  await playFirstParts(player);
  say('Its day is there; the past year fills in behind.');
  return inProgress(store, player);
}

async function reopen(store: Store, practiceId: string, size: Size, say: (line: string) => void) {
  const player: Player = { ...(await resumeDemo(quietly(store), practiceId, size)), plan: null };
  await playFirstParts(player);
  const closed = await catchUp(player);
  if (closed) say('The demo was played on to today.');
  return player;
}

async function isStaleAndUntouched(store: Store, practiceId: string): Promise<boolean> {
  const state = await findDemoState(store, practiceId);
  if (!state) return false;
  return (await isAnotherDay(store, practiceId, state)) && (await isUntouched(store, practiceId));
}

/** @returns false where the owner of the tables is not known: then the demo is continued */
async function removeDemo(
  practiceId: string,
  { embedded }: Pick<OpenedDatabase, 'embedded'>,
  { ownerUrl }: Pick<Config, 'ownerUrl'>,
): Promise<boolean> {
  if (embedded) {
    await emptyDemoStore(embedded, practiceId);
    return true;
  }
  if (!ownerUrl) return false;
  const owner = openServer(ownerUrl, 1);
  await emptyDemoStore(owner, practiceId).finally(() => owner.close());
  return true;
}

/** Thousands of visits of the past are no news for a desk: it hears of the progress, and of the end. */
function quietly(store: Store): Store {
  return { ...store, onTouched: quiet };
}

const pieceMs = 60;
/** Within these first parts are the days of which Today shows what is owed. */
const nextDays = 12;

function inProgress(store: Store, player: Player): DemoInProgress {
  const { practiceId } = player.simulation;
  const tell = (...topics: string[]) =>
    store.onTouched(topics.map((topic) => ({ practiceId, topic, keys: [] })));
  let stopped = false;
  let running = Promise.resolve();
  const run = async () => {
    let told = 0;
    while (!stopped) {
      const began = performance.now();
      const { part } = player.state;
      if (!(await playNext(player, pieceMs))) return tell('practice', 'visits', 'patients');
      if (player.state.part < nextDays && player.state.part !== part) tell('visits');
      if (began - told > 2000) {
        told = began;
        tell('practice');
      }
      // A pause after every piece: the desk comes first.
      const took = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000, Math.max(15, took * 0.6))));
    }
  };
  return {
    practiceId,
    state: () => player.state,
    goOn: () => {
      running = run().catch((error: Error) => {
        process.stderr.write(`The demo stopped at part ${player.state.part}: ${error.message}\n`);
      });
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
