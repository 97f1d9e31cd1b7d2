import { readTask } from '../../../features/tasks/api.ts';
import { snoozeDuty } from '../../../features/tasks/marks/api.ts';
import { AssignDialog } from '../../../features/tasks/marks/web/assign-dialog.tsx';
import { SnoozeDialog } from '../../../features/tasks/marks/web/snooze-dialog.tsx';
import { TaskDialog } from '../../../features/tasks/web/task-dialog.tsx';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useToast } from '../../../ui/toast.tsx';
import type { TodayAction, TodayDuty } from './today-api.ts';

export type TodayDialog =
  | { kind: 'snooze' | 'assign' | 'more' | 'edit'; duty: TodayDuty }
  | { kind: 'new-task' };

type Props = {
  dialog: TodayDialog | undefined;
  now: Date;
  onOpen: (dialog: TodayDialog | undefined) => void;
  onRun: (duty: TodayDuty, action: TodayAction) => void;
};

export function TodayDialogs({ dialog, now, onOpen, onRun }: Props) {
  const person = usePerson();
  const close = () => onOpen(undefined);
  if (!dialog) return null;
  if (dialog.kind === 'new-task') {
    return <TaskDialog onClose={close} {...(person.patientId ? { patientId: person.patientId } : {})} />;
  }
  const { duty } = dialog;
  switch (dialog.kind) {
    case 'snooze':
      return <SnoozeDialog duty={duty} now={now} onClose={close} />;
    case 'assign':
      return <AssignDialog duty={duty} ownerStaffId={duty.givenToStaffId} onClose={close} />;
    case 'edit':
      return <EditTask taskId={duty.subjectId} onClose={close} />;
    case 'more':
      return <MoreDialog duty={duty} onOpen={onOpen} onRun={onRun} />;
  }
}

function EditTask({ taskId, onClose }: { taskId: string; onClose: () => void }) {
  const { data } = useRead(readTask, { params: { id: taskId } }, { topics: ['tasks'] });
  return data ? <TaskDialog task={data.task} onClose={onClose} /> : null;
}

/** The keys of the page work here too, as the buttons say. Inside the dialog, so that they are the newest. */
function MoreKeys({ duty, onOpen }: Pick<Props, 'onOpen'> & { duty: TodayDuty }) {
  const { may } = useSession();
  const mayMark = may('duties.mark');
  useKeys(
    {
      s: () => mayMark && onOpen({ kind: 'snooze', duty }),
      a: () => mayMark && onOpen({ kind: 'assign', duty }),
      e: () => duty.kind === 'task' && may('tasks.change') && onOpen({ kind: 'edit', duty }),
    },
    { scope: 'dialog' },
  );
  return null;
}

/** Ends a snooze before its time. */
function WakeButton({ duty, onDone }: { duty: TodayDuty; onDone: () => void }) {
  const toast = useToast();
  const write = useWrite(snoozeDuty, { touches: ['duty-marks'] });
  const { kind, subjectId, dueAt, markVersion } = duty;
  const wake = () =>
    write.mutate(
      { body: { kind, subjectId, dueAt, until: null, version: markVersion } },
      {
        onSuccess: () => toast.done(`Back on the list: ${duty.title}`),
        onError: (error) => toast.refused(error.message),
        onSettled: onDone,
      },
    );
  return (
    <Button icon="bell" busy={write.isPending} onClick={wake}>
      Back on the list now
    </Button>
  );
}

/** Everything else that can be done with a duty; for fingers, and for who does not know the keys yet. */
function MoreDialog({ duty, onOpen, onRun }: Omit<Props, 'dialog' | 'now'> & { duty: TodayDuty }) {
  const { may } = useSession();
  const run = (action: TodayAction) => {
    onOpen(undefined);
    onRun(duty, action);
  };
  return (
    <Dialog opened size="small" title={duty.title} onClose={() => onOpen(undefined)}>
      <MoreKeys duty={duty} onOpen={onOpen} />
      <div className="td-more">
        <Button look="go" data-autofocus onClick={() => run(duty.action)}>
          {duty.action.label} <Kbd keys="enter" />
        </Button>
        {may('duties.mark') && (
          <>
            {duty.snoozedUntil && <WakeButton duty={duty} onDone={() => onOpen(undefined)} />}
            <Button onClick={() => onOpen({ kind: 'snooze', duty })}>
              Snooze… <Kbd keys="s" />
            </Button>
            <Button onClick={() => onOpen({ kind: 'assign', duty })}>
              Assign… <Kbd keys="a" />
            </Button>
          </>
        )}
        {duty.kind === 'task' && may('tasks.change') && (
          <Button onClick={() => onOpen({ kind: 'edit', duty })}>
            Change the task… <Kbd keys="e" />
          </Button>
        )}
        {duty.others.map((action) => (
          <Button key={action.label} onClick={() => run(action)}>
            {action.label}
            {action.kind === 'call' && action.reasonLabel ? '…' : ''}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
