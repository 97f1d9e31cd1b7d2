import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { CalendarDate } from '../openings/schema.ts';
import { RoomVisit, Visit } from '../visits/schema.ts';
import { Faces, FlowSettings, FlowTimes, Wall } from './schema.ts';

/** Topics `visits` (with the date as key) and `setup`. */
export const readWall = endpoint({
  method: 'GET',
  path: '/api/flow/wall',
  summary: 'Who waits where today, by initials and time, for a screen that everyone sees',
  query: z.object({ date: CalendarDate, siteId: Id.optional(), physicianId: Id.optional() }),
  answer: Wall,
});

/** Topics `visits` (with the date as key) and `patients`. */
export const listFaces = endpoint({
  method: 'GET',
  path: '/api/flow/faces',
  summary: 'Who with a visit on a day has a picture; each picture is asked for by its person',
  query: z.object({ date: CalendarDate }),
  answer: Faces,
});

export const readFlowTimes = endpoint({
  method: 'GET',
  path: '/api/flow/times',
  summary: 'Median and 90th percentile from arrival to departure by physician, today and the 30 days before',
  query: z.object({ date: CalendarDate, siteId: Id.optional() }),
  answer: FlowTimes,
});

export const readFlowSettings = endpoint({
  method: 'GET',
  path: '/api/flow/settings',
  summary: 'From when on a wait is too long, and how long an opening is held',
  answer: FlowSettings,
});
export const changeFlowSettings = endpoint({
  method: 'PUT',
  path: '/api/flow/settings',
  summary: 'Change from when on a wait is too long, and how long an opening is held',
  body: FlowSettings,
  answer: FlowSettings,
});

export const changeRoom = endpoint({
  method: 'POST',
  path: '/api/visits/:id/change-room',
  summary: 'The patient moves to another room in the office; refused where it is taken',
  params: z.object({ id: Id }),
  body: RoomVisit.required({ resourceId: true }),
  answer: z.object({ visit: Visit }),
});
