import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal, refusalStatus } from '../refusal.ts';
import type { ErrorAnswer } from './endpoint.ts';

type SqlFailure = { code: string; constraint?: string };

function isSqlFailure(error: unknown): error is SqlFailure {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}

/** What the database's own guarantees say when they, and not a rule, refused. */
const constraintRefusals: Record<string, string> = {
  '23P01': 'Someone took that time a moment ago. Look at the day again and choose another time.',
  '23505': 'This is there already. Look it up instead of making it again.',
  '23503': 'This refers to something that is not here. Reload and choose again.',
  '40P01': 'Two desks were in each other’s way. Try once more.',
  '40001': 'Two desks were in each other’s way. Try once more.',
};

/** The way to the database is cut, or it is starting or stopping (SQLSTATE classes 08 and 57P). */
const cutCodes = /^(08|57P0|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH)/;
const cutMessages =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|database has stopped/i;

function isCut(error: unknown): boolean {
  if (isSqlFailure(error) && cutCodes.test(error.code)) return true;
  // The socket's file goes with the server.
  if ((error as { syscall?: string })?.syscall === 'connect') return true;
  return error instanceof Error && cutMessages.test(error.message);
}

/** Turn PostgreSQL's refusal into ours; anything else is a bug and answers undefined. */
export function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof z.ZodError) return badInput(error);
  if (isCut(error)) {
    const message =
      'The office’s database does not answer just now. Try again in a moment: nothing is done twice.';
    return new Refusal('unavailable', message, { retryAfterSeconds: 2 });
  }
  if (!isSqlFailure(error)) return undefined;
  const message = constraintRefusals[error.code];
  if (message) return new Refusal('conflict', message);
  // 22xxx: a value PostgreSQL cannot take (a null byte in text, a date out of range); 23514: a check.
  if (/^22|^23514/.test(error.code)) {
    return new Refusal('bad-input', 'One of the values cannot be stored as it is. Check what was typed.');
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal('too-large', 'This is more than one request may carry.');
  if (/^FST_ERR_CTP|^FST_ERR_VALIDATION/.test(error.code))
    return new Refusal('bad-input', 'The request could not be read. Send JSON.');
  return undefined;
}

/** Every wrong field with a sentence of its own; values are never repeated. */
export function badInput(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.join('.') || '(whole)';
    fields[path] ??= issue.message;
  }
  const names = Object.keys(fields);
  const which =
    names.length === 1
      ? `Look at ${names[0]}: ${fields[names[0] ?? '']}`
      : `Look at ${names.length} fields: ${names.slice(0, 5).join(', ')}.`;
  return new Refusal('bad-input', which, { fields });
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal, requestId: string): FastifyReply {
  const body: ErrorAnswer = { error: refusal.code, message: refusal.message, requestId, ...refusal.detail };
  if (refusal.detail.retryAfterSeconds) reply.header('retry-after', refusal.detail.retryAfterSeconds);
  return reply.code(refusalStatus[refusal.code]).send(body);
}

/** The one place where an error becomes an answer. Logs carry the request id and the error's kind, never its data. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  if (refusal) return sendRefusal(reply, refusal, request.id);
  const status = (error as { statusCode?: number })?.statusCode;
  if (status && status >= 400 && status < 500) {
    return sendRefusal(
      reply,
      new Refusal('bad-input', 'The request could not be read. Check its form.'),
      request.id,
    );
  }
  const fields = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const where = fields.stack
    ?.split('\n')
    .slice(1, 6)
    .map((line) => line.trim());
  request.log.error(
    { requestId: request.id, err: fields.name, code: fields.code, where },
    'a bug answered a request',
  );
  const body: ErrorAnswer = {
    error: 'bug',
    message: `Something went wrong here, and nothing was changed. Try again; if it stays, tell the manager this number: ${request.id}.`,
    requestId: request.id,
  };
  return reply.code(500).send(body);
}
