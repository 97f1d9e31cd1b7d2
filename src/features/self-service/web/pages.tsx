import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { OnlinePage } from './online-page.tsx';

export const selfServicePages: readonly DeskPage[] = [
  {
    path: '/online',
    title: 'Online',
    permission: 'online.see',
    Page: OnlinePage,
    beside: '/messages',
    help: (
      <>
        <p>
          Times that people asked for on your booking page. Someone whose name, birth date and phone agree
          with one record has the visit at once, by the rules of its type; everyone else waits here and on
          Today, with the time held for some hours. Enter opens a request: book it for the person it is, or
          register someone new and book. Nobody’s chart is made without you.
        </p>
        <p>
          A visit’s panel gives its patient a link: they confirm, choose another time, cancel, or wait for an
          earlier one, after typing their birth date. What they did stands in the visit’s history as “the
          patient, by link”; a late cancellation and what they wrote come to Today.
        </p>
      </>
    ),
  },
];
