import type { PresentReason } from '../../platform/contributions.ts';
import { type RoleKey, roleKeys } from '../../platform/contributions.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { Refusal } from '../../platform/refusal.ts';
import { roleLabels } from '../../platform/session/roles.ts';
import * as api from './api.ts';
import { emergencyRoutes } from './emergency/routes.ts';
import * as glass from './glass/commands.ts';
import { listGlass } from './glass/queries.ts';
import * as lookUps from './look-ups/commands.ts';
import { countOpenLookUps, listLookers, listLookUps } from './look-ups/queries.ts';
import { lookerRoutes } from './lookers/routes.ts';
import { restrictedRoutes } from './restricted/routes.ts';
import { modeOf, modeOfRole } from './rules.ts';
import { changePrivacySettings } from './settings/commands.ts';
import { findSettings } from './settings/queries.ts';
import { snoopRoutes } from './snoops/routes.ts';

const labelOf = (role: RoleKey) => roleLabels[role];

/** Why records are opened, and who looks at that. What gives a reason by itself comes in as a list. */
export const privacyRoutes = (reasons: readonly PresentReason[]): readonly Route[] => [
  route(api.sayWhy, 'patients.open', async (tx, { body, session }) => {
    if (body.kind === 'none' && modeOf(session.roles, await findSettings(tx.db)) === 'asks')
      throw new Refusal('bad-input', 'Choose a reason, or write one.');
    return { lookUpId: await lookUps.sayWhy(tx, { ...body, timeZone: session.timeZone }) };
  }),
  route(api.listLookUps, 'privacy.review', async (tx, { query }) => {
    const settings = await findSettings(tx.db);
    const found = await listLookUps(tx.db, query, { reasons, settings, now: tx.now });
    const shown = found.slice(0, query.limit);
    const subjectIds = [...new Set(shown.map((one) => one.patientId))];
    if (subjectIds.length > 0) tx.audit({ action: 'look-ups.listed', subjectKind: 'patient', subjectIds });
    return {
      lookUps: shown,
      more: found.length > query.limit,
      open: await countOpenLookUps(tx.db),
      people: await listLookers(tx.db),
    };
  }),
  route(api.reviewLookUps, 'privacy.review', async (tx, { body }) => ({
    reviewed: await lookUps.reviewLookUps(tx, body),
  })),
  route(api.readPrivacySettings, 'privacy.review', async (tx) => {
    const { roleModes, ...settings } = await findSettings(tx.db);
    return {
      settings,
      roles: roleKeys.map((role) => ({ role, label: labelOf(role), mode: modeOfRole(role, { roleModes }) })),
      reasons: reasons.map((one) => one.label),
    };
  }),
  route(api.breakGlass, 'privacy.break-glass', (tx, { body }) => glass.breakGlass(tx, body)),
  route(api.listGlass, 'privacy.review', async (tx, { query }) => {
    const found = await listGlass(tx.db, query.show);
    const subjectIds = [...new Set(found.flatMap((one) => one.patientId ?? []))];
    if (subjectIds.length > 0) tx.audit({ action: 'glass.listed', subjectKind: 'patient', subjectIds });
    return { glass: found };
  }),
  route(api.reviewGlass, 'privacy.review', async (tx, { params, body }) => {
    await glass.reviewGlass(tx, params.id, body.note);
    return {};
  }),
  route(api.changePrivacySettings, 'privacy.set-up', async (tx, { body }) => ({
    version: await changePrivacySettings(tx, body),
  })),
  ...restrictedRoutes,
  ...lookerRoutes,
  ...emergencyRoutes,
  ...snoopRoutes(reasons),
];
