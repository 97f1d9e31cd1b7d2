import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listLikelySame } from './duplicates/queries.ts';
import { peopleRoutes } from './people/routes.ts';
import * as queries from './queries.ts';

export const contactRoutes: readonly Route[] = [
  route(api.searchContacts, 'contacts.see', (tx, { body }) => queries.searchContacts(tx.db, body)),
  route(api.findLikelySame, 'contacts.change', async (tx, { body }) => ({
    likely: await listLikelySame(tx.db, body.contact, body.exceptId),
  })),
  route(api.readContact, 'contacts.see', async (tx, { params }) => {
    const contact = await queries.findContact(tx.db, params.id);
    if (!contact) throw notFound('contact');
    const { patients, members } = await queries.countUse(tx.db, params.id);
    return { contact, patients, members };
  }),
  route(api.addContact, 'contacts.change', async (tx, { body }) => ({
    contact: await commands.addContact(tx, body.contact, body.notSameAs),
  })),
  route(api.changeContact, 'contacts.change', async (tx, { params, body }) => ({
    contact: await commands.changeContact(tx, params.id, body),
  })),
  route(api.contactInError, 'contacts.change', async (tx, { params, body }) => {
    await commands.contactInError(tx, params.id, body);
    return { contactId: params.id };
  }),
  ...peopleRoutes,
];
