import { localDate } from '../../platform/calendar/zones.ts';
import type { Exporter } from '../../platform/contributions.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import { findPatient, findSurvivor } from '../patients/queries.ts';
import * as api from './api.ts';
import { listRecordIds } from './queries.ts';
import { collectRecord } from './record/queries.ts';
import { recordFileName } from './rules.ts';

/** Handing out a person's record (45 CFR 164.524). What each feature holds of them comes in as a list. */
export const exportRoutes = (exporters: readonly Exporter[]): readonly Route[] => [
  route(api.exportRecord, 'records.export', async (tx, { params, body, session }) => {
    const patientId = await findSurvivor(tx.db, params.id);
    if (!(await findPatient(tx.db, patientId))) throw notFound('person');
    const patientIds = await listRecordIds(tx.db, patientId);
    const about = {
      practiceId: tx.practiceId,
      now: tx.now,
      timeZone: session.timeZone,
      patientId,
      patientIds,
    };
    const { files, rows } = await collectRecord(tx.db, exporters, about);
    tx.audit({
      action: 'patient.exported',
      subjectKind: 'patient',
      subjectIds: [patientId],
      reason: `For ${body.recipient}: ${body.purpose}`,
      after: { ...body, files: files.map((file) => file.name), rows },
    });
    return { fileName: recordFileName(patientId, localDate(tx.now.getTime(), session.timeZone)), files };
  }),
];
