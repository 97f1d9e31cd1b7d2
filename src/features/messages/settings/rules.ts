import type { SendingRules } from './schema.ts';

/**
 * As usual until the practice writes its own. 8 to 21: when calls may be made to people (47 CFR 64.1200(c)(1)); one
 * a day and three a week: the healthcare exemption's (47 CFR 64.1200(a)(9)(iv)), kept also where consent is on record.
 */
export const usualRules: SendingRules = {
  quietFrom: '21:00',
  quietTo: '08:00',
  aDay: 1,
  aWeek: 3,
  practiceName: '',
  phone: '',
  receipt: true,
  offersByText: true,
};

export const hookPath = (hook: string) => `/hooks/messages/${hook}`;
