import type { ParsedLine } from '../../../features/schedule/line/rules.ts';
import type { SetupSummary } from '../../../features/schedule/setup/schema.ts';
import { weekdayName } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { type LineView, nothingYet } from './line-view.ts';
import type { ModeInput } from './use-visit-modes.ts';

const usualTime = '09:00';

/** `lopez fu weekly x6 tue 9`: opens the series with every visit's time looked up; the next Enter books it. */
export function useSeriesMode({ active, parsed, who, setup, add, close }: ModeInput): LineView {
  const { go } = useAddress();
  const person = usePerson();
  const { timeZone } = useSession();
  if (!active) return nothingYet;
  if (!who) return { ...nothingYet, does: 'book', head: 'Whom? Type a scrap of the name.' };
  const type = setup.visitTypes.find((one) => one.visitTypeId === parsed.visitTypeId);
  if (!type) {
    const items = setup.visitTypes.map((one) => ({
      id: one.visitTypeId,
      lead: one.code,
      title: one.name,
      detail: formatDuration(one.minutes),
      run: () => add(one.code),
    }));
    return { items, fresh: true, does: 'choose', head: `What shall ${who.name} come for?` };
  }
  const open = () => {
    person.show(who.patientId);
    const today = localDate(Date.now(), timeZone);
    go('/schedule/series', {
      ...searchOf(parsed, setup, today),
      patient: who.patientId,
      type: type.visitTypeId,
    });
    close();
  };
  const title = [type.name, daysOf(parsed), parsed.repeat].filter(Boolean).join(' · ');
  const detail = 'every visit is shown with what stands in its way, then Enter books';
  return {
    items: [{ id: 'series', lead: 'Book a series', title, detail, run: open }],
    fresh: true,
    does: 'look up the times',
  };
}

function daysOf({ weekdays }: ParsedLine): string {
  return (weekdays ?? []).map((weekday) => weekdayName(weekday).slice(0, 3)).join(' ');
}

/** Ids, days and how often: the address never holds a name. */
function searchOf(parsed: ParsedLine, setup: SetupSummary, today: string): Record<string, string> {
  const { when, repeat = '', atLocal = usualTime, siteId, physicianIds } = parsed;
  const date = when ? ('aroundDate' in when ? when.aroundDate : when.from) : today;
  const does = (ids: readonly string[], id: string) => ids.length === 0 || ids.includes(id);
  const type = setup.visitTypes.find((one) => one.visitTypeId === parsed.visitTypeId);
  const able = setup.physicians.filter((one) => does(type?.physicianIds ?? [], one.resourceId));
  const physician = physicianIds?.[0] ?? able[0]?.resourceId ?? '';
  return {
    ...{ date, time: atLocal, physician },
    repeat: [daysOf(parsed).toLowerCase(), repeat].filter(Boolean).join(' '),
    ...(siteId ? { site: siteId } : {}),
  };
}
