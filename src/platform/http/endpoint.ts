import { z } from 'zod';

/**
 * An endpoint is the contract of one route: pure, shared by the server (routes.ts), the browser (call.ts)
 * and the OpenAPI document. A feature declares its endpoints in `api.ts`.
 */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify path, e.g. `/api/visits/:id/move`. Never carries a person's name or a search text. */
  path: string;
  /** One line for the OpenAPI document. */
  summary: string;
  params: Params;
  query: Query;
  body: Body;
  /** The media type of the body, where it is another than usual. */
  bodyType?: string;
  answer: Answer;
  /**
   * `write` routes need an Idempotency-Key header (any string of 8 to 64 characters, one per intent) and answer
   * a repeat as they answered first. `read` routes change nothing but the audit, also when they are a POST.
   */
  kind: 'read' | 'write';
  /** The answer carries a secret (a new password): it is not kept for a repeat, which is refused instead. */
  secret: boolean;
};

const Nothing = z.object({});
type Part<T extends z.ZodType | undefined, D extends z.ZodType> = T extends z.ZodType ? T : D;

/** Declare an endpoint; parts left out are empty objects. */
export function endpoint<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  A extends z.ZodType | undefined = undefined,
>(spec: {
  method: Endpoint['method'];
  path: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  bodyType?: string;
  answer?: A;
  kind?: 'read' | 'write';
  secret?: boolean;
}) {
  return {
    ...spec,
    params: (spec.params ?? Nothing) as Part<P, typeof Nothing>,
    query: (spec.query ?? Nothing) as Part<Q, typeof Nothing>,
    body: (spec.body ?? Nothing) as Part<B, typeof Nothing>,
    answer: (spec.answer ?? Nothing) as Part<A, typeof Nothing>,
    secret: spec.secret ?? false,
    kind: spec.kind ?? (spec.method === 'GET' ? 'read' : 'write'),
  };
}

/** The body of every refusal and error answer. */
export const ErrorAnswer = z.object({
  error: z.string().describe('refusal code, or "bug"'),
  message: z.string().describe('what is in the way and what to do next, for a human'),
  requestId: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
  current: z.unknown().optional(),
  offers: z.unknown().optional(),
  overridePermission: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  locked: z.boolean().optional(),
  asks: z.unknown().optional(),
  secondStep: z
    .enum(['code', 'recovery'])
    .optional()
    .describe('the password is right; the code of the app, or a recovery code, is wanted too'),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;
