import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { TeamPage } from './team-page.tsx';

export const teamPages: readonly DeskPage[] = [
  {
    path: '/team',
    title: 'Team',
    permission: 'team.see',
    Page: TeamPage,
    rail: { label: 'Team', icon: 'person-check', order: 40 },
    help: (
      <>
        <p>
          Who is at a desk, who is away and who covers. <b>Away</b> (N) says from when to when: whole days, or
          hours. Name who covers: everything, or somebody for only some duties. A colleague is asked, and it
          counts once they say yes; what a manager sets counts at once.
        </p>
        <p>
          While someone is away, what is theirs on Today stands with who covers, who is also covered if they
          leave in turn; without a cover with their role; and when nobody of that role is here, with the
          manager. Nothing has to be handed over, and nothing has to be given back: when they return it is
          theirs again. Two who would cover for each other at one time are refused.
        </p>
        <p>
          A physician’s absence closes their hours on the schedule. Visits that are booked stay; Today says
          how many are to be moved. An absence without a cover stands on the manager’s Today beforehand.
        </p>
      </>
    ),
  },
];
