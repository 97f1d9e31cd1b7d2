import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Duty, DutyContext, DutySource } from '../../../platform/contributions.ts';
import { type ChartOut, listChartsOut, nextChartOut, readChartSettings } from './queries.ts';

const dayMs = 86_400_000;

function dutyOf(chart: ChartOut, outDays: number, { now, practiceTimeZone }: DutyContext): Duty {
  const outMs = Date.parse(chart.at);
  const since = localDate(outMs, practiceTimeZone);
  const dueMs = outMs + outDays * dayMs;
  return {
    kind: 'chart-out',
    subjectId: chart.moveId,
    dueAt: new Date(dueMs).toISOString(),
    severity: now.getTime() > dueMs + outDays * dayMs ? 'wrong' : 'wait',
    title: `Bring the paper chart back: ${chart.name}`,
    detail: [
      `with ${chart.outTo} since ${dateLabel(since, Number(since.slice(0, 4)))}`,
      chart.shelf ? `belongs on ${chart.shelf}` : '',
    ]
      .filter(Boolean)
      .join(' · '),
    patientId: chart.patientId,
    ownerRole: 'secretary',
    tag: 'chart out',
    action: chart.shelf
      ? {
          label: 'Back on its shelf',
          kind: 'call',
          method: 'POST',
          path: `/api/patients/${chart.patientId}/chart`,
          body: { endsId: chart.moveId, shelf: chart.shelf },
        }
      : { label: 'Open', kind: 'open', href: `/patients/${chart.patientId}` },
  };
}

export const chartDuties: readonly DutySource[] = [
  {
    kinds: ['chart-out'],
    permission: 'patients.change',
    topics: ['charts', 'patients'],
    list: async (db, context) => {
      const { outDays } = await readChartSettings(db);
      const charts = await listChartsOut(db, new Date(context.now.getTime() - outDays * dayMs));
      return charts.map((chart) => dutyOf(chart, outDays, context));
    },
    nextChangeAt: async (db, { now }) => {
      const { outDays } = await readChartSettings(db);
      const next = await nextChartOut(db, new Date(now.getTime() - outDays * dayMs));
      return next && new Date(next.getTime() + outDays * dayMs + 1);
    },
  },
];
