import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { findPhoto } from './queries.ts';

export const photoRoutes: readonly Route[] = [
  route(api.openPhoto, 'patients.open', async (tx, { params }) => {
    tx.audit({ action: 'patient.photo-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { photo: await findPhoto(tx.db, params.id) };
  }),
  route(api.setPhoto, 'patients.change', async (tx, { params, body }) => ({
    photoId: await commands.setPhoto(tx, params.id, body),
  })),
  route(api.removePhoto, 'patients.change', async (tx, { params, body }) => {
    await commands.removePhoto(tx, params.id, body);
    return { photoId: body.photoId };
  }),
];
