import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { BookingRuleChange, BookingRuleRow, NewBookingRule, Tried, TryBooking } from './schema.ts';

/** Topic `setup`. */
export const listBookingRules = endpoint({
  method: 'GET',
  path: '/api/schedule/booking-rules',
  summary: 'The rules of booking: what is not booked when, and how many at most; also those out of use',
  answer: z.object({ bookingRules: z.array(BookingRuleRow) }),
});
export const addBookingRule = endpoint({
  method: 'POST',
  path: '/api/schedule/booking-rules',
  summary: 'Add a rule of booking',
  body: NewBookingRule,
  answer: z.object({ ruleId: Id }),
});
export const changeBookingRule = endpoint({
  method: 'PATCH',
  path: '/api/schedule/booking-rules/:ruleId',
  summary: 'Change a rule of booking, or take it out of use; booked visits stay',
  params: z.object({ ruleId: Id }),
  body: BookingRuleChange,
  answer: z.object({ version: z.number() }),
});
export const tryBooking = endpoint({
  method: 'POST',
  path: '/api/schedule/try-booking',
  summary:
    'What would be in the way of a visit, by hours, slot codes, rules and what is booked; books nothing',
  body: TryBooking,
  answer: Tried,
});
