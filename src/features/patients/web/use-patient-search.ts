import { localDate } from '../../../platform/calendar/zones.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { useRested } from '../../../ui/typing.ts';
import { listRecentPatients, type PatientHit, searchPatients } from '../api.ts';

/** Today on the practice's wall. */
export function useToday(): string {
  const { timeZone } = useSession();
  return localDate(Date.now(), timeZone);
}

export type PatientSearch = {
  hits: readonly PatientHit[];
  /** The hits are those of what stands in the field now. */
  fresh: boolean;
  /** Nothing is typed: the hits are those whom this account saw last. */
  recent: boolean;
  error: string | undefined;
};

const restMs = 60;

/** People for what is typed, as it is typed; those seen last while nothing is. */
export function usePatientSearch(typed: string, limit = 10): PatientSearch {
  const text = typed.trim();
  const asked = useRested(text, restMs);
  const recent = text === '';
  const search = useRead(
    searchPatients,
    { body: { text: asked, limit } },
    { topics: ['patients'], enabled: asked !== '' },
  );
  const latest = useRead(listRecentPatients, {}, { topics: ['patients'], enabled: recent });
  const answer = recent ? latest : search;
  return {
    hits: answer.data?.hits ?? [],
    fresh: recent || (asked === text && !search.isPlaceholderData && search.data !== undefined),
    recent,
    error: answer.error?.message,
  };
}
