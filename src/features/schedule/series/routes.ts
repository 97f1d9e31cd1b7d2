import { rehearse } from '../../../platform/db/rehearse.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notFound } from '../../../platform/refusal.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as edits from './edits/commands.ts';
import { findSeries } from './queries.ts';
import type { EditResult, PlaceResult } from './schema.ts';
import { unbookPlace } from './unbooking/commands.ts';

const countPlaces = (places: readonly PlaceResult[]) => ({
  booked: places.filter((one) => one.state === 'booked').length,
  planned: places.filter((one) => one.state !== 'given_up').length,
});

const countResults = (results: readonly EditResult[]) => ({
  changed: results.filter((one) => one.outcome === 'changed').length,
  stay: results.filter((one) => one.outcome === 'stays').length,
});

export const seriesRoutes: readonly Route[] = [
  // A rehearsal takes the locks of a booking, so it is a write that leaves nothing behind
  route(api.previewSeries, 'visits.book', async (tx, { body }) => {
    const { places, label, timeZone } = await rehearse(tx, (open) => commands.placeSeries(open, body));
    const subjectIds = [body.patientId];
    tx.audit({ action: 'series.previewed', subjectKind: 'patient', subjectIds });
    const shown = places.map(({ visitId: _visitId, ...place }) => place);
    return { label, timeZone, places: shown, ...countPlaces(places) };
  }),
  route(api.bookSeries, 'visits.book', async (tx, { body }) => {
    const booked = await commands.bookSeries(tx, body);
    return { ...booked, ...countPlaces(booked.places) };
  }),
  route(api.readSeries, 'visits.see', async (tx, { params }) => {
    const series = await findSeries(tx.db, params.id);
    if (!series) throw notFound('series');
    const after = { patientId: series.patientId };
    tx.audit({ action: 'series.opened', subjectKind: 'series', subjectIds: [params.id], after });
    return { series };
  }),
  route(api.previewEdit, 'visits.move', async (tx, { params, body }) => {
    const { results } = await rehearse(tx, (open) => edits.applyEdit(open, params.id, body));
    tx.audit({ action: 'series.previewed', subjectKind: 'series', subjectIds: [params.id] });
    return { results, ...countResults(results) };
  }),
  route(api.editSeries, 'visits.move', async (tx, { params, body }) => {
    const { results, version } = await edits.editSeries(tx, params.id, body);
    return { results, version, ...countResults(results) };
  }),
  route(api.undoSeriesEdit, 'visits.move', (tx, { params, body }) => edits.undoEdit(tx, params.id, body)),
  route(api.bookPlace, 'visits.book', (tx, { params, body }) =>
    commands.bookPlace(tx, params.id, params.placeNo, body),
  ),
  route(api.unbookPlace, 'visits.book', async (tx, { params, body }) => ({
    version: await unbookPlace(tx, params.id, params.placeNo, body),
  })),
  route(api.giveUpPlace, 'visits.book', async (tx, { params, body }) => ({
    version: await commands.giveUpPlace(tx, params.id, params.placeNo, body),
  })),
];
