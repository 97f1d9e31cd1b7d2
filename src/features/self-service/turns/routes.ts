import type { Tx } from '../../../platform/db/transaction.ts';
import type { Proved } from '../doors/commands.ts';
import type { Known } from '../doors/schema.ts';
import type { Html } from '../html/rules.ts';
import type { Words } from '../words/rules.ts';

/** One form that a proved person sent. */
export type Turn = {
  tx: Tx;
  proved: Proved;
  known: Known;
  words: Words;
  form: URLSearchParams;
  /** What was tried before this page was refused: it says so. */
  failed: boolean;
};

/** The page that answers it, or a file. `again`: what the other language asks for; left out: to look; null: the link is used. */
export type Reply =
  | { title: string; body: Html; again?: Readonly<Record<string, string>> | null }
  | { calendar: string };

/** What a form can ask for; `otherwise`: the page shown instead where the office refuses. */
export type Turns = Readonly<Record<string, { run(turn: Turn): Promise<Reply>; otherwise?: string }>>;
