import { type Route, route } from '../../../platform/http/route.ts';
import { findSettings } from '../settings/queries.ts';
import * as api from './api.ts';
import { listLooks } from './queries.ts';
import { joined } from './rules.ts';

export const lookerRoutes: readonly Route[] = [
  route(api.listLooks, 'privacy.tell-patient', async (tx, { params, query }) => {
    const { limit, before = Number.MAX_SAFE_INTEGER } = query;
    const asked = { patientId: params.id, before, limit, lists: query.lists === 'with' };
    const found = await listLooks(tx.db, asked, await findSettings(tx.db));
    const page = found.slice(0, limit);
    tx.audit({ action: 'patient.looks-told', subjectKind: 'patient', subjectIds: [params.id] });
    return { looks: joined(page), next: found.length > limit ? (page.at(-1)?.seq ?? null) : null };
  }),
];
