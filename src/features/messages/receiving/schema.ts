import { z } from 'zod';
import { toE164 } from '../../patients/schema.ts';

const sid = z.string().min(1).max(64);

/** A text as the provider tells of it. */
export const IncomingText = z
  .object({
    MessageSid: sid,
    From: z.string().max(40),
    To: z.string().max(40).default(''),
    Body: z.string().max(5000).default(''),
    NumMedia: z.coerce.number().int().min(0).max(100).default(0),
  })
  .transform(({ MessageSid, From, Body, NumMedia }) => ({
    providerId: MessageSid,
    // A short code is no phone number, and is kept as it is
    from: toE164(From) ?? From.replace(/[^\d+A-Za-z]/g, ''),
    body: Body,
    pictures: NumMedia,
  }));
export type IncomingText = z.output<typeof IncomingText>;

/** What the provider tells of a text of ours. */
export const IncomingStatus = z
  .object({
    MessageSid: sid,
    MessageStatus: z.string().max(40),
    ErrorCode: z.string().max(20).default(''),
  })
  .transform(({ MessageSid, MessageStatus, ErrorCode }) => ({
    ...{ providerId: MessageSid, status: MessageStatus, code: ErrorCode },
  }));
