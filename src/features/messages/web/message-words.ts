import type { Meaning, MessagePurpose, MessageState } from '../schema.ts';

export const stateWords: Record<MessageState, string> = {
  queued: 'waits to go out',
  sending: 'going out',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'not delivered',
  failed: 'failed',
  suppressed: 'held back',
  received: 'received',
};

export const wrongStates: ReadonlySet<MessageState> = new Set(['undelivered', 'failed', 'suppressed']);

export const purposeWords: Record<MessagePurpose, string> = {
  reminder: 'Visits',
  waitlist: 'Waitlist',
  recall: 'Recall',
  billing: 'Billing',
  other: 'Something else',
};

export const meaningWords: Record<Meaning, string> = {
  '': '',
  'opt-out': 'ends all texts',
  'opt-in': 'texts are fine again',
  confirm: 'confirms',
  'call-back': 'asks for a call',
  yes: 'yes',
  no: 'no',
};
