import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, toInstant } from '../../../platform/calendar/zones.ts';
import type { Duty, DutyContext, DutySource } from '../../../platform/contributions.ts';
import { listNewAdults, type NewAdult } from './queries.ts';
import { comesOfAgeOn } from './rules.ts';

const weekMs = 7 * 86_400_000;

function dutyOf({ patientId, name, bornOn, hasGuarantor, relations }: NewAdult, context: DutyContext): Duty {
  const { now, practiceTimeZone } = context;
  const dueMs = toInstant(comesOfAgeOn(bornOn), '17:00', practiceTimeZone);
  const holds = [
    hasGuarantor ? 'someone else pays' : '',
    relations > 0 ? `${relations === 1 ? 'one person' : `${relations} persons`} may hear about them` : '',
  ];
  return {
    kind: 'came-of-age',
    subjectId: patientId,
    dueAt: new Date(dueMs).toISOString(),
    severity: now.getTime() > dueMs + weekMs ? 'wait' : 'calm',
    title: `Ask ${name}, 18 now: who pays, and who may hear what`,
    detail: holds.filter(Boolean).join(' · '),
    patientId,
    ownerRole: 'secretary',
    tag: 'of age',
    action: { label: 'Open', kind: 'open', href: `/patients/${patientId}` },
    others: [
      {
        label: 'Asked, all is right',
        kind: 'call',
        method: 'POST',
        path: `/api/patients/${patientId}/adult-review`,
        body: {},
      },
    ],
  };
}

export const familyDuties: readonly DutySource[] = [
  {
    kinds: ['came-of-age'],
    permission: 'patients.change',
    topics: ['patients'],
    list: async (db, context) => {
      const today = localDate(context.now.getTime(), context.practiceTimeZone);
      return (await listNewAdults(db, today)).map((one) => dutyOf(one, context));
    },
    // The next birthday's window opens at midnight.
    nextChangeAt: async (_, { now, practiceTimeZone }) => {
      const tomorrow = addDays(localDate(now.getTime(), practiceTimeZone), 1);
      return new Date(toInstant(tomorrow, '00:00', practiceTimeZone));
    },
  },
];
