import { localDate } from '../../../platform/calendar/zones.ts';
import type { PresentReason } from '../../../platform/contributions.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

const dayMs = 86_400_000;

/** The snooping report. */
export const snoopRoutes = (reasons: readonly PresentReason[]): readonly Route[] => [
  route(api.listFindings, 'privacy.review', async (tx, { query }) => {
    const before = query.before ? new Date(query.before) : new Date(tx.now.getTime() + dayMs);
    const found = await queries.listFindings(tx.db, { show: query.show, before, limit: query.limit + 1 });
    const findings = found.slice(0, query.limit);
    const subjectIds = [...new Set(findings.flatMap((one) => one.patientId ?? []))];
    if (subjectIds.length > 0) tx.audit({ action: 'snoops.listed', subjectKind: 'patient', subjectIds });
    const { last } = await queries.findProgress(tx.db);
    return { findings, more: found.length > query.limit, through: last };
  }),
  route(api.reviewFinding, 'privacy.review', async (tx, { params, body }) => {
    await commands.reviewFinding(tx, params.id, body.note);
    return {};
  }),
  route(api.lookAgain, 'privacy.review', async (tx, { session }) => {
    const { timeZone } = session;
    const days = await commands.lookThroughNewDays(tx, { timeZone, reasons });
    const onDate = localDate(tx.now.getTime(), timeZone);
    const found = await commands.lookThrough(tx, { onDate, timeZone, reasons });
    tx.audit({ action: 'snoops.looked-for', subjectKind: 'privacy', subjectIds: [tx.practiceId] });
    return { days: days + 1, found: found.length };
  }),
];
