import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { FlowHelp, FlowPage } from '../flow/web/flow-page.tsx';
import { GroupsHelp, GroupsPage } from '../groups/web/groups-page.tsx';
import { ReportsHelp, ReportsPage } from '../reports/web/reports-page.tsx';
import { RiskHelp, RiskPage } from '../risk/web/risk-page.tsx';
import { SeriesHelp } from '../series/web/series-help.tsx';
import { SeriesPage } from '../series/web/series-page.tsx';
import { DayPage } from './day-page.tsx';
import { DayHelp, WeekHelp } from './schedule-help.tsx';
import { WeekPage } from './week-page.tsx';

export const schedulePages: readonly DeskPage[] = [
  {
    path: '/schedule',
    title: 'Schedule',
    permission: 'visits.see',
    Page: DayPage,
    help: <DayHelp />,
    rail: { label: 'Schedule', icon: 'calendar', order: 20 },
  },
  {
    path: '/schedule/week',
    title: 'Week',
    permission: 'visits.see',
    Page: WeekPage,
    help: <WeekHelp />,
  },
  {
    path: '/schedule/groups',
    title: 'Groups',
    permission: 'visits.see',
    Page: GroupsPage,
    help: <GroupsHelp />,
  },
  {
    path: '/schedule/series',
    title: 'Series',
    permission: 'visits.see',
    Page: SeriesPage,
    help: <SeriesHelp />,
  },
  {
    path: '/schedule/risk',
    title: 'May be missed',
    permission: 'visits.see',
    Page: RiskPage,
    help: <RiskHelp />,
  },
  {
    path: '/flow',
    title: 'Flow',
    permission: 'visits.see',
    Page: FlowPage,
    help: <FlowHelp />,
    rail: { label: 'Flow', icon: 'door', order: 22 },
  },
  {
    path: '/reports',
    title: 'Reports',
    permission: 'reports.see',
    Page: ReportsPage,
    help: <ReportsHelp />,
    rail: { label: 'Reports', icon: 'chart', order: 70 },
  },
];
