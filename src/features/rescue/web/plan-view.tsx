import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatCount, formatDuration, localDate } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useSetup } from '../../schedule/web/use-setup.ts';
import type { Proposal, RescuePlan } from '../schema.ts';
import { PlanLine } from './plan-line.tsx';
import { type Planning, useCommit, useLineActs, usePlan } from './use-plan.ts';
import { WhenChoice } from './when-choice.tsx';

/** Everyone affected, a place for each, one key for all. */
export function PlanView() {
  const { line } = useSlots();
  const planning = usePlan();
  const { setup } = useSetup();
  const { plan, failure, asked } = planning;
  const name = setup.physicians.find((one) => one.resourceId === asked.physicianId)?.name ?? '';
  return (
    <>
      <PageHeader
        title="Day rescue"
        tabTitle="Day rescue"
        small={[plan?.physicianName ?? name, plan?.label].filter(Boolean).join(' · ')}
        line={line}
      />
      <PageBody>
        {!planning.absenceId && <WhenChoice asked={asked} onAsk={planning.ask} />}
        {failure && <Failure message={failure} onRetry={() => void planning.load()} />}
        {!plan && !failure && <Skeleton rows={8} label="Looking for a place for everyone" />}
        {plan && plan.people.length === 0 && (
          <Empty
            title={`Nobody is affected: ${plan.physicianName} is ${plan.label}`}
            text="Choose other days above, or close the time on the schedule so that nothing is booked."
          />
        )}
        {plan && plan.people.length > 0 && <Plan planning={planning} plan={plan} />}
      </PageBody>
    </>
  );
}

function Plan({ planning, plan }: { planning: Planning; plan: RescuePlan }) {
  const { timeZone } = useSession();
  const [at, setAt] = useState<string>();
  const acts = useLineActs(planning);
  const commit = useCommit(planning);
  const { people } = plan;
  const index = Math.max(
    0,
    people.findIndex((one) => one.visitId === at),
  );
  const selected = people[index];
  const move = (by: number) => setAt(people[Math.max(0, Math.min(people.length - 1, index + by))]?.visitId);
  const on = (run: (visitId: string) => unknown) => () => void (selected && run(selected.visitId));
  useKeys({
    arrowdown: { label: 'next', run: () => move(1) },
    arrowup: { label: 'previous', run: () => move(-1) },
    n: { label: 'the next opening for them', run: on(acts.next) },
    p: { label: 'another physician for them', run: on(acts.otherPhysician) },
    c: { label: 'leave for a call', run: on(acts.call) },
    x: { label: 'cancel this visit', run: on(acts.cancel) },
    b: { label: 'back to what was proposed', run: on(acts.back) },
    'mod+enter': { label: 'close the time and move everyone', inFields: true, run: () => void commit.run() },
  });
  return (
    <>
      {commit.collision && <Failure message={commit.collision} />}
      <ul className="rs-list" aria-label="Everyone affected">
        {people.map((person) => (
          <PlanLine
            key={person.visitId}
            person={person}
            proposal={planning.chosen.get(person.visitId)}
            selected={person === selected}
            today={localDate(Date.now(), timeZone)}
            acts={acts}
            onSelect={() => setAt(person.visitId)}
          />
        ))}
      </ul>
      <div className="rs-foot">
        <p role="status">{summaryOf(plan, [...planning.chosen.values()])}</p>
        <Button
          look="go"
          icon="check"
          busy={commit.busy}
          title="Ctrl Enter"
          onClick={() => void commit.run()}
        >
          {plan.closes ? 'Close the time and move everyone' : 'Move everyone'}
        </Button>
      </div>
      <KeyHints
        hints={[
          ['mod+enter', 'all of it'],
          ['arrowup arrowdown', 'choose a line'],
          ['n', 'next opening'],
          ['p', 'other physician'],
          ['c', 'call'],
          ['x', 'cancel'],
        ]}
      />
    </>
  );
}

function summaryOf(plan: RescuePlan, chosen: readonly Proposal[]): string {
  const count = (choice: Proposal['choice']) => chosen.filter((one) => one.choice === choice).length;
  const startOf = new Map(plan.people.map((one) => [one.visitId, one.startsAt]));
  const delays = chosen.flatMap((one) => {
    const was = startOf.get(one.visitId);
    return one.choice === 'move' && one.startsAt && was
      ? Math.abs(Date.parse(one.startsAt) - Date.parse(was)) / 60_000
      : [];
  });
  const mean = delays.length > 0 ? delays.reduce((sum, one) => sum + one, 0) / delays.length : 0;
  return [
    `${formatCount(plan.people.length, 'visit')}: ${count('move')} with a new time`,
    count('call') > 0 ? `${count('call')} to call` : '',
    count('cancel') > 0 ? `${count('cancel')} cancelled` : '',
    mean > 0 ? `moved by ${delayWords(mean)} on average` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function delayWords(minutes: number): string {
  const days = minutes / 1440;
  return days >= 1 ? `${days.toFixed(1)} days` : formatDuration(Math.round(minutes));
}
