import { findPhysicians, readRescueLine } from '../../../features/rescue/line/rules.ts';
import { addDays } from '../../../platform/calendar/dates.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { localDate } from '../../../ui/format.ts';
import { type LineItem, type LineView, nothingYet } from './line-view.ts';

type Input = {
  active: boolean;
  text: string;
  physicians: readonly { id: string; name: string }[];
  close: () => void;
};

const whenWords = {
  now: 'out from now',
  afternoon: 'out this afternoon',
  today: 'out',
  days: 'out',
} as const;

/** `lee out today`, `lee late 40`: everyone affected with a new place for each. */
export function useRescueMode({ active, text, physicians, close }: Input): LineView {
  const { timeZone } = useSession();
  const { go } = useAddress();
  const read = active ? readRescueLine(text, physicians) : undefined;
  if (!read) return nothingYet;
  const { when, minutes, days, word } = read;
  const said = when === 'late' ? `late by ${minutes} minutes` : whenWords[when];
  const day = days === 0 ? 'today' : 'tomorrow';
  const items = findPhysicians(word, physicians)
    .slice(0, 9)
    .map(
      ({ id, name }): LineItem => ({
        id,
        lead: name,
        title: when === 'today' ? `${said} ${day}` : said,
        detail: 'see everyone affected, and a new place for each',
        run: () => {
          const date = days === 0 ? undefined : addDays(localDate(Date.now(), timeZone), days);
          go('/rescue', {
            physician: id,
            when,
            date,
            minutes: minutes === null ? undefined : String(minutes),
          });
          close();
        },
      }),
    );
  const nobody = items.length === 0 && `No physician here is called “${word}”.`;
  return { items, fresh: true, does: 'rescue the day', ...(nobody ? { head: nobody } : {}) };
}
