import './reports.css';
import { z } from 'zod';
import { useAddress } from '../../../../platform/web/address.ts';
import { DeskLink } from '../../../../platform/web/desk-link.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DateField, FormError } from '../../../../ui/fields.tsx';
import { localDate } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { addDays } from '../../../../ui/parse.ts';
import { useForm } from '../../../../ui/use-form.ts';
import { whyNotDays } from '../rules.ts';
import { AccessView } from './access-view.tsx';
import { HoursView } from './hours-view.tsx';
import { OutcomesView } from './outcomes-view.tsx';
import { ReasonsView } from './reasons-view.tsx';

const views = [
  { key: 'outcomes', label: 'Kept and missed' },
  { key: 'reasons', label: 'Why cancelled' },
  { key: 'hours', label: 'How full' },
  { key: 'access', label: 'Third next' },
] as const;
type View = (typeof views)[number]['key'];
export type Days = { from: string; to: string };

/** How visits were kept, missed and cancelled, how full the hours are, and how long the wait for a visit is. */
export function ReportsPage() {
  const { search, go } = useAddress();
  const { timeZone } = useSession();
  const { line } = useSlots();
  const today = localDate(Date.now(), timeZone);
  const view: View = views.find((one) => one.key === search.view)?.key ?? 'outcomes';
  const days = { from: search.from ?? addDays(today, -90), to: search.to ?? addDays(today, -1) };
  const at = (next: Record<string, string | undefined>) => go('/reports', { ...search, ...next });
  return (
    <>
      <PageHeader title="Reports" tabTitle="Reports" line={line} />
      <PageBody>
        <div className="rp-views">
          {views.map(({ key, label }) => (
            <Button key={key} aria-pressed={view === key} onClick={() => at({ view: key })}>
              {label}
            </Button>
          ))}
          <DeskLink to="/schedule/risk">Which visits may be missed</DeskLink>
        </div>
        {view !== 'access' && (
          <DaysForm key={`${days.from} ${days.to}`} days={days} today={today} onDays={(next) => at(next)} />
        )}
        {view === 'outcomes' && <OutcomesView days={days} by={search.by} onBy={(by) => at({ by })} />}
        {view === 'reasons' && <ReasonsView days={days} />}
        {view === 'hours' && <HoursView days={days} />}
        {view === 'access' && <AccessView typeId={search.type} onType={(type) => at({ type })} />}
      </PageBody>
    </>
  );
}

const Days = z
  .object({ from: z.string().min(10, 'Give a date.'), to: z.string().min(10, 'Give a date.') })
  .superRefine((days, issues) => {
    const why = whyNotDays(days);
    if (why) issues.addIssue({ code: 'custom', path: ['to'], message: why });
  });

type DaysFormProps = { days: Days; today: string; onDays: (days: Days) => void };

/** From when until when, by keyboard. */
export function DaysForm({ days, today, onDays }: DaysFormProps) {
  const form = useForm({ initial: days, schema: Days, onSubmit: (next) => onDays(next) });
  return (
    <form className="rp-range" onSubmit={form.submit}>
      <DateField form={form} path="from" label="From" {...{ today }} />
      <DateField form={form} path="to" label="Until" {...{ today }} />
      <Button type="submit">Count</Button>
      <FormError form={form} />
    </form>
  );
}

export function ReportsHelp() {
  return (
    <>
      <p>
        “Missed” is the share of visits whose hour came with the patient expected; cancelled ones do not
        count. “Late cancels” are those within your hours of notice, of all that were expected. Beside each
        stands your practice’s own share of the year before, and a difference is only named where chance would
        not explain it; of fewer than 20 visits none is told.
      </p>
      <p>
        “Third next” is the third appointment that could be given out today: the first may be a cancellation
        of a minute ago. “How full” sets booked minutes beside hours without blocks and closures. Every table
        is saved as CSV with the same numbers.
      </p>
    </>
  );
}
