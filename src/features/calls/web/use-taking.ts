import { localDate } from '../../../platform/calendar/zones.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { useRested } from '../../../ui/typing.ts';
import { listAssignees } from '../../tasks/marks/api.ts';
import { findCallers, readCallSettings } from '../api.ts';
import type { Caller } from '../schema.ts';
import { usualSettings } from '../settings/rules.ts';
import type { CallSettings } from '../settings/schema.ts';
import type { TakingDesk } from '../taking/rules.ts';

/** What the practice says about calls, and whom they may be given to. */
export function useTakingDesk(enabled = true): { desk: TakingDesk; settings: CallSettings; ready: boolean } {
  const { timeZone, may } = useSession();
  const asks = enabled && may('calls.see');
  const { data } = useRead(readCallSettings, {}, { topics: ['calls'], keys: [], enabled: asks });
  const assignees = useRead(listAssignees, {}, { topics: ['practice'], enabled: asks });
  const settings = data?.settings ?? usualSettings;
  const now = new Date();
  const desk = {
    now,
    timeZone,
    today: localDate(now.getTime(), timeZone),
    reasons: settings.reasons,
    colleagues: assignees.data?.assignees ?? [],
  };
  return { desk, settings, ready: data !== undefined && assignees.data !== undefined };
}

const restMs = 60;

/** Who may be calling, as it is typed. */
export function useCallers(
  typed: string,
  enabled = true,
): { callers: readonly Caller[]; fresh: boolean; error?: string } {
  const text = typed.trim();
  const asked = useRested(text, restMs);
  const asks = enabled && asked.length > 1;
  const { data, error, isPlaceholderData } = useRead(
    findCallers,
    { body: { text: asked, limit: 7 } },
    { topics: ['patients', 'contacts'], enabled: asks },
  );
  const short = text.length < 2;
  return {
    callers: short ? [] : (data?.callers ?? []),
    fresh: short || (asked === text && data !== undefined && !isPlaceholderData) || error !== null,
    ...(error ? { error: error.message } : {}),
  };
}
