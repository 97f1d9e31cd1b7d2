import { usePrint } from '../../../features/prints/web/open-print.ts';
import {
  askPrint,
  type PrintKind,
  type PrintTarget,
  permissionOf,
} from '../../../features/prints/web/print-asked.ts';
import type { ParsedLine } from '../../../features/schedule/line/rules.ts';
import type { SetupSummary } from '../../../features/schedule/setup/schema.ts';
import { listPatientVisits } from '../../../features/schedule/visits/api.ts';
import type { PatientVisit } from '../../../features/schedule/visits/schema.ts';
import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type LineItem, type LineView, type LineWho, nothingYet } from './line-view.ts';

type Input = {
  active: boolean;
  parsed: ParsedLine;
  who: LineWho | undefined;
  setup: SetupSummary;
  close: () => void;
};

const mostPhysicians = 6;

function dateOf({ when }: ParsedLine, today: string): string {
  if (!when) return today;
  return 'from' in when ? when.from : when.aroundDate;
}

/** Prints at once what the words say; a print of one's own has no first place to ask for. */
function usePrintItem(close: () => void) {
  const { may } = useSession();
  const toast = useToast();
  const print = usePrint();
  return (
    kind: PrintKind,
    words: { lead: string; title: string },
    target: PrintTarget,
    ids: string[] = [],
  ) => {
    if (!may(permissionOf[kind])) return [];
    const run = () => {
      close();
      print
        .run(() => askPrint(target, { kind, physicianIds: ids, start: 1, copies: 1 }))
        .catch((error: Error) => toast.refused(error.message));
    };
    return [{ id: `${kind} ${words.lead}`, ...words, run }];
  };
}
type PrintItem = ReturnType<typeof usePrintItem>;

function itemsOfPerson(item: PrintItem, who: LineWho, next: PatientVisit | null, today: string): LineItem[] {
  const { patientId, name } = who;
  const person = { visits: [], patientIds: [patientId] };
  const labels = [
    ...item('address', { lead: 'Address label', title: name }, person),
    ...item('chart', { lead: 'Chart label', title: name }, person),
  ];
  if (!next) return labels;
  const { visitId, physicianId } = next;
  const visit = { visits: [{ visitId, patientId, physicianId }], patientIds: [] };
  const title = formatDayTime(next.startsAt, next.timeZone, today);
  return [
    ...item('cards', { lead: 'Appointment card', title }, visit),
    ...item('slips', { lead: 'Routing slip', title }, visit),
    ...labels,
  ];
}

type Days = { date: string; today: string; words: string; setup: SetupSummary };

function itemsOfDay(
  item: PrintItem,
  { date, today, words, setup }: Days,
  who: LineWho | undefined,
): LineItem[] {
  const title = `day sheet, ${dateLabel(date, Number(today.slice(0, 4)))}`;
  const target = { date, visits: [], patientIds: [] };
  const named = setup.physicians.filter((one) => one.name.toLowerCase().includes(words));
  return [
    ...(words === '' ? item('day-sheets', { lead: 'Everyone', title }, target) : []),
    ...(who ? [] : named.slice(0, mostPhysicians)).flatMap((one) =>
      item('day-sheets', { lead: one.name, title }, target, [one.resourceId]),
    ),
  ];
}

/** `print tomorrow`, `print lee`, `smith jo print`: day sheets, or what there is of a person. */
export function usePrintMode({ active, parsed, who, setup, close }: Input): LineView {
  const { timeZone } = useSession();
  const item = usePrintItem(close);
  const patientId = who?.patientId ?? '';
  const visits = useRead(
    listPatientVisits,
    { params: { id: patientId }, query: { limit: 1 } },
    { topics: ['visits'], enabled: active && patientId !== '' },
  );
  if (!active) return nothingYet;
  const today = localDate(Date.now(), timeZone);
  const known = visits.isPlaceholderData ? undefined : visits.data;
  const words = parsed.personWords.toLowerCase();
  const items = [
    ...(who ? itemsOfPerson(item, who, known?.next ?? null, today) : []),
    ...itemsOfDay(item, { date: dateOf(parsed, today), today, words, setup }, who),
  ];
  return {
    items,
    fresh: !who || known !== undefined || visits.isError,
    does: 'print',
    ...(items.length === 0 ? { head: `Nothing to print for “${parsed.personWords}”.` } : {}),
  };
}
