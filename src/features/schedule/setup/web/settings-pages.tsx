import type { SettingsPage } from '../../../practice/web/settings-page.tsx';
import { BookingRulesPage } from '../../booking-rules/web/rules-page.tsx';
import { CalendarsPage } from '../../calendars/web/calendars-page.tsx';
import { FeedsPage } from '../../feeds/web/feeds-page.tsx';
import { FlowSettingsPage } from '../../flow/web/flow-settings-page.tsx';
import { SlotCodesPage } from '../../slot-codes/web/slot-codes-page.tsx';
import { TemplatesPage } from '../../templates/web/templates-page.tsx';
import { ClosuresPage } from './closures-page.tsx';
import { HoursPage } from './hours-page.tsx';
import { ResourcesPage } from './resources-page.tsx';
import { VisitTypesPage } from './visit-types-page.tsx';

export const scheduleSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/resources',
    title: 'Physicians, rooms, devices',
    label: 'Physicians, rooms, devices',
    permission: 'schedule.set-up',
    Page: ResourcesPage,
    help: (
      <p>
        What can be booked, in the order of the columns. A physician comes from the staff; rooms and devices
        stand at a site. “Visits at once” above 1 shows visits side by side. Take out of use what you no
        longer book; nothing is deleted.
      </p>
    ),
  },
  {
    path: '/settings/visit-types',
    title: 'Visit types',
    label: 'Visit types',
    permission: 'schedule.set-up',
    Page: VisitTypesPage,
    help: (
      <p>
        The code is what you type in the line. Minutes may differ by physician. Time to prepare and to clean
        up is kept free around the visit. A needed room or device is found by itself when you book.
      </p>
    ),
  },
  {
    path: '/settings/hours',
    title: 'Hours',
    label: 'Hours',
    permission: 'schedule.set-up',
    Page: HoursPage,
    help: (
      <p>
        Type a day like 8-12, 1-5; an empty day is a day off. A slot code behind hours keeps them: 8-9 NP,
        9-12. New hours begin on the day you give, and the ones before end the day before. “Away” and “Works
        another day” are for single days. When booked visits fall outside, they are listed here until they are
        moved.
      </p>
    ),
  },
  {
    path: '/settings/slot-codes',
    title: 'Slot codes',
    label: 'Slot codes',
    permission: 'schedule.set-up',
    Page: SlotCodesPage,
    help: (
      <p>
        A slot code keeps part of the hours for some visit types: new patients, follow-ups, the urgent ones of
        the day. The grid shows it in color and letters, searches offer the time only for what it is kept for,
        and a refusal names it. “Opens before” gives what is still free to everyone. A code out of use keeps
        nothing any more.
      </p>
    ),
  },
  {
    path: '/settings/templates',
    title: 'Week templates',
    label: 'Week templates',
    permission: 'schedule.set-up',
    Page: TemplatesPage,
    help: (
      <p>
        Write a week once and let several work by it. Type days like 8-9 NP, 9-12, 1-5; “To Friday” copies a
        day to the workdays after it. Weeks A and B take turns, counted from a week A that you name. “Apply”
        first shows what changes: hours gained, lost and kept, and the booked visits that would stand outside.
        Visits are never moved by it; those left outside come up on Today until they stand right again. After
        a last day the hours go on as they were. What was applied can be taken back as a whole while nothing
        else changed those hours.
      </p>
    ),
  },
  {
    path: '/settings/booking-rules',
    title: 'Rules of booking',
    label: 'Rules of booking',
    permission: 'schedule.set-up',
    Page: BookingRulesPage,
    help: (
      <p>
        Write each rule as you would say it; that is what the one who books reads. What is left empty does not
        narrow it: no day ticked is every day. A rule that warns lets whoever books go on with a reason; one
        that refuses only those whose role may overrule rules. Reasons stand in the visit’s history. Visits
        booked before a rule stay. The tester says what would happen, and books nothing.
      </p>
    ),
  },
  {
    path: '/settings/calendars',
    title: 'External calendars',
    label: 'External calendars',
    permission: 'schedule.set-up',
    Page: CalendarsPage,
    help: (
      <p>
        Times at which a physician is busy elsewhere. Give the secret iCal address from the sharing settings
        of the other calendar, or a file; the address is read every 15 minutes. Busy times are not offered and
        are hatched in the schedule, without their titles. Booked visits stay: when one falls into a busy
        time, Today says so. If the calendar cannot be read for six hours, Today says that too, and the times
        known before stay.
      </p>
    ),
  },
  {
    path: '/settings/feeds',
    title: 'Calendar feeds',
    label: 'Calendar feeds',
    permission: 'schedule.set-up',
    Page: FeedsPage,
    help: (
      <p>
        “Make an address” gives a physician’s visits to a calendar program, which reads them every few
        minutes. The address is shown once and works until you stop it or make a new one. Times, kind of visit
        and place are in it; names only if you choose so, never the reason. Physicians make their own under
        Help.
      </p>
    ),
  },
  {
    path: '/settings/closures',
    title: 'Closures and holidays',
    label: 'Closures and holidays',
    permission: 'practice.set-up',
    Page: ClosuresPage,
    help: (
      <p>
        Days on which the practice or one site is closed. Take the federal holidays of a year with one button,
        and untick those on which you are open. Visits already booked on a closed day are listed until they
        are moved.
      </p>
    ),
  },
  {
    path: '/settings/flow',
    title: 'Flow and holds',
    label: 'Flow and holds',
    permission: 'schedule.set-up',
    Page: FlowSettingsPage,
    help: (
      <p>
        How long patients may wait before it is marked, counted from the later of arrival and the time of the
        visit; and for how many minutes an opening is held while someone is on the phone. A screen on the wall
        reads by an address of its own that is shown once, and stops when you stop it here.
      </p>
    ),
  },
];
