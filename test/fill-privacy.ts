import * as privacy from '../src/features/privacy/api.ts';
import { findSettings } from '../src/features/privacy/settings/queries.ts';
import { lookAgain } from '../src/features/privacy/snoops/api.ts';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A row in each table of the privacy feature, with texts that a spreadsheet would run. */
export async function fillPrivacy(
  { manager, as, ...practice }: TestPractice,
  { patients }: TestSchedule,
  hostile: string,
): Promise<void> {
  const [, , , , , last = ''] = patients;
  const { staffId } = await as('nurse');
  const rule = {
    kind: 'order' as const,
    note: hostile.slice(0, 90),
    roles: ['manager' as const],
    version: 0,
  };
  await manager.do(privacy.restrictRecord, { params: { id: last }, body: rule });
  await manager.do(privacy.linkStaff, { body: { staffId, patientId: last } });
  await manager.do(privacy.breakGlass, { body: { patientId: last, reason: '=1 for a very good reason' } });
  await manager.do(privacy.sayWhy, { body: { patientId: last, kind: 'other', text: '+why' } });
  // Nothing explains what was looked at, at night.
  await practice.tx(async (tx) => {
    const { accountId, staffId } = manager;
    tx.actor = { accountId, staffId, may: () => true };
    tx.audit({ action: 'patient.card', subjectKind: 'patient', subjectIds: [last] });
  });
  await manager.do(lookAgain, {});
  const now = await practice.tx((tx) => findSettings(tx.db));
  await manager.do(privacy.changePrivacySettings, { body: { ...now, roleModes: { biller: 'off' } } });
}
