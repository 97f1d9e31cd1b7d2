import './tasks.css';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { finishTask, listPatientTasks, reopenTask } from '../api.ts';
import { repeatLabel } from '../rules.ts';
import type { Task } from '../schema.ts';

function ownerOf(task: Task): string {
  return task.ownerName || task.takenByName || (task.ownerRole ? `any ${task.ownerRole}` : 'anyone');
}

/** What was promised to a person: open tasks about them, each done by one button. Nothing when there is none. */
export function Promised({ patientId }: { patientId: string }) {
  const { may, timeZone } = useSession();
  const toast = useToast();
  const input = { params: { id: patientId } };
  const { data } = useRead(listPatientTasks, input, { topics: ['tasks'], enabled: may('tasks.see') });
  const finish = useWrite(finishTask, { touches: ['tasks'] });
  const reopen = useWrite(reopenTask, { touches: ['tasks'] });
  if (!data || data.tasks.length === 0) return null;
  const done = async ({ taskId, version, text }: Task) => {
    const params = { id: taskId };
    try {
      const { task } = await finish.mutateAsync({ params, body: { version } });
      toast.done(`Done: ${text}`, {
        undo: () => reopen.mutateAsync({ params, body: { version: task.version } }),
      });
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  return (
    <section aria-label="Promised">
      <h3>Promised</h3>
      <ul className="task-promised">
        {data.tasks.map((task) => (
          <li key={task.taskId}>
            <span>
              {task.text}
              <small>
                by {formatDayTime(task.dueAt, timeZone)} · {ownerOf(task)}
                {task.repeat ? ` · ${repeatLabel(task.repeat)}` : ''}
              </small>
            </span>
            {may('tasks.change') && (
              <Button
                look="quiet"
                icon="check"
                aria-label={`Done: ${task.text}`}
                title="Done"
                onClick={() => void done(task)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
