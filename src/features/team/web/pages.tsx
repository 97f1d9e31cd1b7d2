import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { HandOffPage } from '../handoffs/web/compose-page.tsx';
import { HandoffPage } from '../handoffs/web/handoff-page.tsx';
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
        <p>
          <b>Hand off</b> (H) at the end of a shift drafts what is open of yours; add words, choose a
          colleague or a role, and send. They have it on Today and acknowledge it, or ask first; after half an
          hour it is late. What was yours by name is then theirs, and the lines say what was settled since.
        </p>
      </>
    ),
  },
  {
    path: '/team/hand-off',
    title: 'Hand off',
    permission: 'team.hand-off',
    Page: HandOffPage,
    help: (
      <p>
        What is open of yours until tomorrow night stands here; what is yours by name is marked already. Take
        out what need not be said, add a word to a line, say on top what the next one should know, and choose
        who goes on. What you typed is kept until you send it. What is settled before you send is left out by
        itself.
      </p>
    ),
  },
  {
    path: '/team/hand-offs/$handoffId',
    title: 'Hand-off',
    permission: 'team.see',
    Page: HandoffPage,
    help: (
      <p>
        What one shift left to the next. Each line says whether it is still open. <b>I go on with it</b> (A)
        acknowledges it: what was theirs by name is yours. Ask first where something is unclear; the colleague
        has your question on Today. Print gives it on paper.
      </p>
    ),
  },
];
