import type { SettingsPage } from '../../../practice/web/settings-page.tsx';
import { RecallRulesPage } from './rules-page.tsx';

export const recallSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/recalls',
    title: 'Recalls',
    label: 'Recalls',
    permission: 'practice.set-up',
    Page: RecallRulesPage,
    help: (
      <p>
        A rule calls back whoever had a visit of the kinds that you tick, so many months and days after the
        last one. The dialog counts who is due as you type: whose day is up to 60 days ahead, or at most 400
        days behind. Once an hour the rules make their recalls, once for each visit; they stand on Follow-ups
        and are kept by a visit like any other. A rule out of use makes no more; what it made stays. Who has
        died is never called, and of whom no birth date is known is left out where a rule names an age.
      </p>
    ),
  },
];
