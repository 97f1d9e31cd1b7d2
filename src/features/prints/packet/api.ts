import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { PacketChange, PacketState } from './schema.ts';

export const readPackets = endpoint({
  method: 'GET',
  path: '/api/packets',
  summary: 'The nightly downtime packet: when and where it is written, what is there, how the last try went',
  answer: PacketState,
});
export const changePackets = endpoint({
  method: 'PATCH',
  path: '/api/packets',
  summary: 'Change when, where and how the downtime packet is written',
  body: PacketChange,
  answer: z.object({ version: z.number() }),
});
export const writePacketNow = endpoint({
  method: 'POST',
  path: '/api/packets/write',
  summary: 'Write the downtime packet now',
  answer: z.object({ file: z.string(), fault: z.string().describe("'': it is written") }),
});
