import type { DeskPage } from '../../../../platform/web/desk-page.ts';
import { ComparePage } from './compare-page.tsx';
import { DuplicatesPage, duplicatesPath } from './duplicates-page.tsx';

export const mergingPages: readonly DeskPage[] = [
  {
    path: duplicatesPath,
    title: 'Likely duplicates',
    permission: 'patients.merge',
    Page: DuplicatesPage,
    help: (
      <p>
        Records that may be of one person, likeliest first, each with why. Enter compares the marked pair; X
        says that these are two people, and they are not listed again; U takes that back. M shows what was
        merged so far: each merge can be taken apart.
      </p>
    ),
  },
  {
    path: '/patients/$patientId/merge-with/$otherId',
    title: 'Compare and merge',
    permission: 'patients.merge',
    Page: ComparePage,
    help: (
      <p>
        What differs stands first, the likelier value chosen: ← and → choose a side, ↑ and ↓ go through the
        fields, 1 and 2 take everything from one side. S swaps which record stays. Phones, addresses, contacts
        and notes of both are kept. Ctrl Enter merges; U takes the two apart again, and so does the record’s
        own page at any later time.
      </p>
    ),
  },
];
