import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import {
  ExceptionRow,
  HoursRow,
  NewException,
  NewResource,
  NewVisitType,
  NewWeek,
  Outside,
  ResourceChange,
  ResourceRow,
  SetupSummary,
  VisitTypeChange,
  VisitTypeRow,
} from './schema.ts';

const Changed = z.object({ version: z.number() });
const Seen = z.object({ version: z.number().int().min(1) });
const Order = z.object({ ids: z.array(Id).min(1).max(300) });

/** Topic `setup`. */
export const getSetup = endpoint({
  method: 'GET',
  path: '/api/schedule/setup',
  summary: 'The vocabulary of the schedule: sites, physicians, rooms, devices and visit types in use',
  answer: SetupSummary,
});

export const listResources = endpoint({
  method: 'GET',
  path: '/api/schedule/resources',
  summary: 'Every physician, room and device that can be booked, and those out of use',
  answer: z.object({ resources: z.array(ResourceRow) }),
});
export const addResource = endpoint({
  method: 'POST',
  path: '/api/schedule/resources',
  summary: 'Add a physician (of a staff member), a room or a device to the schedule',
  body: NewResource,
  answer: z.object({ resourceId: Id }),
});
export const changeResource = endpoint({
  method: 'PATCH',
  path: '/api/schedule/resources/:resourceId',
  summary: 'Change a physician, room or device on the schedule, or take it out of use',
  params: z.object({ resourceId: Id }),
  body: ResourceChange,
  answer: Changed,
});
export const orderResources = endpoint({
  method: 'POST',
  path: '/api/schedule/resources/order',
  summary: 'Put physicians, rooms or devices in the order of their columns',
  body: Order,
});

export const listVisitTypes = endpoint({
  method: 'GET',
  path: '/api/schedule/visit-types',
  summary: 'Every visit type, also those out of use',
  answer: z.object({ visitTypes: z.array(VisitTypeRow) }),
});
export const addVisitType = endpoint({
  method: 'POST',
  path: '/api/schedule/visit-types',
  summary: 'Add a visit type',
  body: NewVisitType,
  answer: z.object({ visitTypeId: Id }),
});
export const changeVisitType = endpoint({
  method: 'PATCH',
  path: '/api/schedule/visit-types/:visitTypeId',
  summary: 'Change a visit type, or take it out of use; booked visits stay as they are',
  params: z.object({ visitTypeId: Id }),
  body: VisitTypeChange,
  answer: Changed,
});
export const orderVisitTypes = endpoint({
  method: 'POST',
  path: '/api/schedule/visit-types/order',
  summary: 'Put the visit types in an order',
  body: Order,
});

export const readHours = endpoint({
  method: 'GET',
  path: '/api/schedule/hours',
  summary: 'Weekly hours (now and to come) and one-off openings and closings of one resource',
  query: z.object({ resourceId: Id }),
  answer: z.object({
    resource: ResourceRow,
    weekly: z.array(HoursRow),
    exceptions: z.array(ExceptionRow),
    today: z.string(),
  }),
});
export const replaceWeek = endpoint({
  method: 'PUT',
  path: '/api/schedule/hours/:resourceId/week',
  summary: 'Replace the weekly hours from a day on; the answer says which booked visits now fall outside',
  params: z.object({ resourceId: Id }),
  body: NewWeek,
  answer: Changed.extend({ outside: Outside }),
});
export const addException = endpoint({
  method: 'POST',
  path: '/api/schedule/hours/:resourceId/exceptions',
  summary: 'Open or close on one day or several; the answer says which booked visits now fall outside',
  params: z.object({ resourceId: Id }),
  body: NewException,
  answer: z.object({ exceptionIds: z.array(Id), outside: Outside }),
});
export const removeException = endpoint({
  method: 'POST',
  path: '/api/schedule/exceptions/:exceptionId/remove',
  summary: 'Take back a one-off opening or closing',
  params: z.object({ exceptionId: Id }),
  body: Seen,
  answer: z.object({ outside: Outside }),
});

/** Topics `setup`, `practice`, `visits`. */
export const listOutside = endpoint({
  method: 'GET',
  path: '/api/schedule/outside',
  summary:
    'Booked visits from today on that no longer lie within hours (after a change of hours or a closure)',
  answer: Outside,
});
