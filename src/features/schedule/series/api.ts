import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Visit } from '../visits/schema.ts';
import { BookPlace, BookSeries, EditResult, EditSeries, GiveUpPlace, PlaceResult, Series } from './schema.ts';

const params = z.object({ id: Id });
const placeParams = z.object({ id: Id, placeNo: z.coerce.number().int().min(1).max(104) });
const counts = { booked: z.number(), planned: z.number() };

export const previewSeries = endpoint({
  method: 'POST',
  path: '/api/series/preview',
  summary: 'What booking this series would do, place by place, with alternatives; nothing is kept',
  body: BookSeries,
  answer: z.object({ label: z.string(), timeZone: z.string(), places: z.array(PlaceResult), ...counts }),
});

export const bookSeries = endpoint({
  method: 'POST',
  path: '/api/series',
  summary: 'Book the visits of a pattern at once; what cannot be placed is kept as owed and said',
  body: BookSeries,
  answer: z.object({ seriesId: Id, version: z.number(), places: z.array(PlaceResult), ...counts }),
});

export const readSeries = endpoint({
  method: 'GET',
  path: '/api/series/:id',
  summary: 'A series with each of its places',
  params,
  answer: z.object({ series: Series }),
});

const edited = { results: z.array(EditResult), changed: z.number(), stay: z.number() };

export const previewEdit = endpoint({
  method: 'POST',
  path: '/api/series/:id/preview',
  summary: 'What this edit would do to each visit; nothing is kept',
  params,
  body: EditSeries,
  answer: z.object(edited),
});

export const editSeries = endpoint({
  method: 'POST',
  path: '/api/series/:id/edit',
  summary: 'Move or cancel one visit, this and the following, or all that are still ahead',
  params,
  body: EditSeries,
  answer: z.object({ version: z.number(), ...edited }),
});

export const undoSeriesEdit = endpoint({
  method: 'POST',
  path: '/api/series/:id/undo',
  summary: 'Take back the last edit of a series as a whole, while nobody changed those visits since',
  params,
  body: z.object({ version: z.number().int().min(1) }),
  answer: z.object({ version: z.number(), visits: z.number() }),
});

export const bookPlace = endpoint({
  method: 'POST',
  path: '/api/series/:id/places/:placeNo/book',
  summary: 'Book a place of a series that is still owed',
  params: placeParams,
  body: BookPlace,
  answer: z.object({ version: z.number(), visit: Visit }),
});

export const unbookPlace = endpoint({
  method: 'POST',
  path: '/api/series/:id/places/:placeNo/unbook',
  summary: 'Take back the booking of a place just made: it is owed again',
  params: placeParams,
  body: z.object({ version: z.number().int().min(1) }),
  answer: z.object({ version: z.number() }),
});

export const giveUpPlace = endpoint({
  method: 'POST',
  path: '/api/series/:id/places/:placeNo/give-up',
  summary: 'Say that a visit of a series is not needed: it is no longer owed',
  params: placeParams,
  body: GiveUpPlace,
  answer: z.object({ version: z.number() }),
});
