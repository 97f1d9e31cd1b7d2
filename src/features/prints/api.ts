import { endpoint } from '../../platform/http/endpoint.ts';
import { CardsAsked, DaySheetsAsked, LabelsAsked, Printed, SlipsAsked } from './schema.ts';

export const printDaySheets = endpoint({
  method: 'POST',
  path: '/api/prints/day-sheets',
  summary: 'A day of one, several or all physicians, a sheet each, as PDF',
  kind: 'read',
  body: DaySheetsAsked,
  answer: Printed,
});
export const printSlips = endpoint({
  method: 'POST',
  path: '/api/prints/routing-slips',
  summary: 'The routing slip of a visit, a page each, as PDF',
  kind: 'read',
  body: SlipsAsked,
  answer: Printed,
});
export const printCards = endpoint({
  method: 'POST',
  path: '/api/prints/appointment-cards',
  summary: 'Appointment cards, ten to a page (Avery 5371), as PDF',
  kind: 'read',
  body: CardsAsked,
  answer: Printed,
});
export const printLabels = endpoint({
  method: 'POST',
  path: '/api/prints/labels',
  summary: 'Address or chart labels, thirty to a page (Avery 5160), as PDF',
  kind: 'read',
  body: LabelsAsked,
  answer: Printed,
});
