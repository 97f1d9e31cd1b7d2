import { type ZodType, z } from 'zod';

export type FieldErrors = Record<string, string>;

/** `getPath(values, 'phones.0.number')` */
export function getPath(values: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), values);
}

/** A copy with one value changed; what does not change keeps its identity. */
export function setPath<T>(values: T, path: string, value: unknown): T {
  const [key = '', ...rest] = path.split('.');
  const inner =
    rest.length === 0 ? value : setPath(isRecord(values) ? values[key] : {}, rest.join('.'), value);
  // The copy has the shape of T by construction: one key of it is replaced.
  if (Array.isArray(values)) return values.with(Number(key), inner) as T;
  return { ...(values as T & object), [key]: inner };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The first message per path, in kind words where the schema has none of its own. */
export function errorsByPath(schema: ZodType, values: unknown): FieldErrors {
  const parsed = schema.safeParse(values, { error: kindWords });
  const errors: FieldErrors = {};
  if (parsed.success) return errors;
  for (const issue of parsed.error.issues) errors[issue.path.join('.')] ??= issue.message;
  return errors;
}

const formatWords: Record<string, string> = {
  email: 'Please check the address: name@example.com.',
  date: 'Type month, day and year, like 03/14/1961.',
  time: 'Type a time, like 9:15 am.',
};

const needed = 'Please fill this in.';

function kindWords(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  if (input === undefined || input === null || input === '') return needed;
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string'
        ? `At least ${issue.minimum} letters, please.`
        : `At least ${issue.minimum}.`;
    case 'too_big':
      return issue.origin === 'string'
        ? `At most ${issue.maximum} letters, please.`
        : `At most ${issue.maximum}.`;
    case 'invalid_format':
      return formatWords[issue.format] ?? 'Please check this.';
    case 'invalid_value':
      return 'Please choose one of the list.';
    default:
      return 'Please check this.';
  }
}

const fields = z.record(z.string(), z.string());
const Refused = z.object({
  message: z.string().optional(),
  fields: fields.optional(),
  detail: z.object({ fields: fields.optional() }).optional(),
});

/** What a refusal says, whoever threw it: the sentence for the form and the words for its fields. */
export function refusedFields(error: unknown): { fields: FieldErrors; form: string | null } {
  const calm = 'This could not be saved just now. Nothing is lost: please try again.';
  const read = Refused.safeParse(error instanceof Error ? { ...error, message: error.message } : error);
  if (!read.success) return { fields: {}, form: error instanceof Error ? error.message : calm };
  const found = read.data.fields ?? read.data.detail?.fields ?? {};
  return { fields: found, form: read.data.message || calm };
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was not touched since `base` follows to `next`; what was typed stays. A list is one thing. */
export function followed<V>(base: V, now: V, next: V): V {
  if (isGroup(base) && isGroup(now) && isGroup(next))
    return Object.fromEntries(
      Object.keys({ ...next, ...now }).map((key) => [key, followed(base[key], now[key], next[key])]),
    ) as V;
  return JSON.stringify(now) === JSON.stringify(base) ? next : now;
}
