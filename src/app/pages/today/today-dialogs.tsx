import { readTask } from '../../../features/tasks/api.ts';
import { AssignDialog } from '../../../features/tasks/marks/web/assign-dialog.tsx';
import { SnoozeDialog } from '../../../features/tasks/marks/web/snooze-dialog.tsx';
import { TaskDialog } from '../../../features/tasks/web/task-dialog.tsx';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
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
      return <AssignDialog duty={duty} ownerStaffId={duty.ownerStaffId} onClose={close} />;
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

/** Everything else that can be done with a duty; for fingers, and for who does not know the keys yet. */
function MoreDialog({ duty, onOpen, onRun }: Omit<Props, 'dialog' | 'now'> & { duty: TodayDuty }) {
  const { may } = useSession();
  const run = (action: TodayAction) => {
    onOpen(undefined);
    onRun(duty, action);
  };
  return (
    <Dialog opened size="small" title={duty.title} onClose={() => onOpen(undefined)}>
      <div className="td-more">
        <Button look="go" onClick={() => run(duty.action)}>
          {duty.action.label} <Kbd keys="enter" />
        </Button>
        {may('duties.mark') && (
          <>
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
