import './start.css';
import { useEffect, useRef } from 'react';
import type { DeskPage } from '../../../../platform/web/desk-page.ts';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Failure } from '../../../../ui/failure.tsx';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { getSetup } from '../../setup/api.ts';
import type { SetupSummary } from '../../setup/schema.ts';
import { changeStart, getStart } from '../api.ts';
import { type StepKey, stepAfter, stepKeys, stepLabels } from '../rules.ts';
import type { StartState } from '../schema.ts';
import { FirstVisitStep } from './first-visit-step.tsx';
import { HoursStep } from './hours-step.tsx';
import { PeopleStep } from './people-step.tsx';
import { PhysiciansStep } from './physicians-step.tsx';
import { RoomsStep } from './rooms-step.tsx';
import { SitesStep } from './sites-step.tsx';
import type { StepProps } from './step-frame.tsx';
import { TypesStep } from './types-step.tsx';

const begin: StartState = { specialty: 'other', step: 'sites', finished: false };

function StartPage() {
  const { line } = useSlots();
  const start = useRead(getStart, {}, { topics: ['setup'] });
  const setup = useRead(getSetup, {}, { topics: ['setup', 'practice'] });
  const failed = start.error ?? setup.error;
  return (
    <>
      <PageHeader title="Set up your practice" tabTitle="Set up" line={line} />
      <PageBody>
        {failed && (!start.data || !setup.data) && (
          <Failure
            message={failed.message}
            onRetry={() => {
              void start.refetch();
              void setup.refetch();
            }}
          />
        )}
        {!failed && (!start.data || !setup.data) && <Skeleton rows={10} />}
        {start.data && setup.data && (
          <Steps state={start.data.start ?? begin} setup={setup.data} refetch={start.refetch} />
        )}
      </PageBody>
    </>
  );
}

type StepsProps = { state: StartState; setup: SetupSummary; refetch: () => Promise<unknown> };

function Steps({ state, setup, refetch }: StepsProps) {
  const { mutateAsync } = useWrite(changeStart, { touches: ['setup'] });
  const head = useRef<HTMLOListElement>(null);
  const { step } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the list is longer than the screen is wide
  useEffect(() => {
    head.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [step]);
  const go = async (step: StepKey) => {
    await mutateAsync({ body: { step } });
    await refetch();
  };
  const props: StepProps = {
    step,
    onNext: () => go(stepAfter(step)),
    onGo: (to) => void go(to),
  };
  return (
    <div className="start">
      <ol className="start-list" ref={head} aria-label="Steps">
        {stepKeys.map((key, at) => (
          <li key={key}>
            <button
              type="button"
              aria-current={key === step ? 'step' : undefined}
              onClick={() => void go(key)}
            >
              <span className="start-number" aria-hidden="true">
                {isThere(key, setup) ? <Icon name="check" size={14} /> : at + 1}
              </span>
              {stepLabels[key]}
              {isThere(key, setup) && <span className="ui-unseen">, done</span>}
            </button>
          </li>
        ))}
      </ol>
      <Step key={step} {...props} state={state} setup={setup} />
    </div>
  );
}

/** Facts say what is done: nobody ticks a step off. */
function isThere(step: StepKey, setup: SetupSummary): boolean {
  switch (step) {
    case 'sites':
      return setup.sites.length > 0;
    case 'physicians':
      return setup.physicians.length > 0;
    case 'rooms':
      return setup.rooms.length > 0;
    case 'types':
      return setup.visitTypes.length > 0;
    default:
      return false;
  }
}

function Step({ state, setup, ...props }: StepProps & { state: StartState; setup: SetupSummary }) {
  const { specialty } = state;
  switch (props.step) {
    case 'sites':
      return <SitesStep {...props} />;
    case 'physicians':
      return <PhysiciansStep {...props} known={setup.physicians.map((one) => one.name)} />;
    case 'rooms':
      return <RoomsStep {...props} setup={setup} specialty={specialty} />;
    case 'types':
      return <TypesStep {...props} setup={setup} specialty={specialty} />;
    case 'hours':
      return <HoursStep {...props} setup={setup} />;
    case 'people':
      return <PeopleStep {...props} />;
    case 'visit':
      return <FirstVisitStep {...props} setup={setup} />;
  }
}

export const startPages: readonly DeskPage[] = [
  {
    path: '/set-up',
    title: 'Set up your practice',
    permission: 'practice.set-up',
    Page: StartPage,
    help: (
      <p>
        Seven short steps from nothing to a booked visit. Each keeps itself; go back, skip or leave as you
        like, and come back under Settings. Visit types, rooms and hours are proposed by your specialty:
        change them here or later. Enter keeps a step and goes on.
      </p>
    ),
  },
];
