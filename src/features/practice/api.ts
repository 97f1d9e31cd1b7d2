import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import {
  NewSite,
  NewStaff,
  Order,
  PracticeChange,
  PracticeFacts,
  SiteChange,
  SiteRow,
  StaffChange,
  StaffRow,
} from './schema.ts';

const Changed = z.object({ version: z.number() });

export const getPractice = endpoint({
  method: 'GET',
  path: '/api/practice',
  summary: 'The practice: name, phone, time zone',
  answer: PracticeFacts,
});
export const changePractice = endpoint({
  method: 'PATCH',
  path: '/api/practice',
  summary: 'Change what the practice is called, its phone or its time zone',
  body: PracticeChange,
  answer: Changed,
});

export const listSites = endpoint({
  method: 'GET',
  path: '/api/sites',
  summary: 'The sites of the practice, each with its time zone',
  answer: z.object({ sites: z.array(SiteRow) }),
});
export const addSite = endpoint({
  method: 'POST',
  path: '/api/sites',
  summary: 'Add a site',
  body: NewSite,
  answer: z.object({ siteId: Id }),
});
export const changeSite = endpoint({
  method: 'PATCH',
  path: '/api/sites/:siteId',
  summary: 'Change a site, or take it out of use',
  params: z.object({ siteId: Id }),
  body: SiteChange,
  answer: Changed,
});
export const orderSites = endpoint({
  method: 'POST',
  path: '/api/sites/order',
  summary: 'Put the sites in an order',
  body: Order,
});

export const listStaff = endpoint({
  method: 'GET',
  path: '/api/staff',
  summary: 'Everyone who works here, and who did',
  answer: z.object({ staff: z.array(StaffRow) }),
});
export const addStaff = endpoint({
  method: 'POST',
  path: '/api/staff',
  summary: 'Add someone who works here; an account comes separately',
  body: NewStaff,
  answer: z.object({ staffId: Id }),
});
export const changeStaff = endpoint({
  method: 'PATCH',
  path: '/api/staff/:staffId',
  summary: 'Change someone who works here, or record that they left (their account is disabled)',
  params: z.object({ staffId: Id }),
  body: StaffChange,
  answer: Changed,
});
