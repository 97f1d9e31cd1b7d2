import { messages, type PGlite, parse, protocol } from '@electric-sql/pglite';

/**
 * Prepared statements for the embedded database. PGlite's own `query` parses and plans every time, and planning
 * is most of a small statement's cost there (12 ms of 13 for a visit with its joins); PostgreSQL keeps the plan
 * of a named statement, also across transactions, and makes it anew when the role or a table changes.
 */
type Prepared = { name: string; types: number[] };
type Result = { rows: Record<string, unknown>[]; affectedRows?: number };

/** Statements are templates, so there are a few hundred; beyond this something builds texts. */
const mostStatements = 1000;

const { serialize } = protocol;
const quietly = { syncToFs: false };

function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function preparedStatements(db: PGlite) {
  const known = new Map<string, Prepared>();
  let made = 0;

  async function prepare(sql: string): Promise<Prepared> {
    if (known.size >= mostStatements) {
      await db.exec('deallocate all');
      known.clear();
    }
    made += 1;
    const name = `s${made}`;
    const answers = await db.execProtocolStream(
      joined([
        serialize.parse({ name, text: sql }),
        serialize.describe({ type: 'S', name }),
        serialize.sync(),
      ]),
      quietly,
    );
    const described = answers.find((one) => one instanceof messages.ParameterDescriptionMessage);
    const prepared = { name, types: described?.dataTypeIDs ?? [] };
    known.set(sql, prepared);
    return prepared;
  }

  /** Text of a parameter as PGlite writes it. */
  function textOf(value: unknown, type: number): string | null {
    if (value === null || value === undefined) return null;
    return db.serializers[type]?.(value) ?? String(value);
  }

  return {
    async query(sql: string, params: readonly unknown[]): Promise<Result> {
      const { name, types } = known.get(sql) ?? (await prepare(sql));
      const values = params.map((value, index) => textOf(value, types[index] ?? 0));
      const answers = await db.execProtocolStream(
        joined([
          serialize.bind({ statement: name, values }),
          serialize.describe({ type: 'P' }),
          serialize.execute({}),
          serialize.sync(),
        ]),
        quietly,
      );
      const [result] = parse.parseResults(answers, db.parsers);
      return (result ?? { rows: [] }) as Result;
    },
  };
}
