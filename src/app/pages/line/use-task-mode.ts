import type { ParsedLine } from '../../../features/schedule/line/rules.ts';
import { makeTask, taskInError } from '../../../features/tasks/api.ts';
import { listAssignees } from '../../../features/tasks/marks/api.ts';
import { roleKeys } from '../../../platform/contributions.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { formatDayTime, localDate } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { findOwners, isRoleWord, taskDueAt } from './line-rules.ts';
import { type LineItem, type LineView, type LineWho, nothingYet } from './line-view.ts';

type Input = { active: boolean; parsed: ParsedLine; who: LineWho | undefined; close: () => void };
type Owner = {
  id: string;
  label: string;
  ownerStaffId: string | null;
  ownerRole: (typeof roleKeys)[number] | null;
};

/** Whose the task is: whom `@word` names, colleagues and roles; without one, mine. */
function useOwners(active: boolean, word: string | null): { owners: Owner[]; loaded: boolean } {
  const session = useSession();
  const { data } = useRead(listAssignees, {}, { topics: ['practice'], enabled: active && word !== null });
  const me = { id: session.staffId, label: 'me', ownerStaffId: session.staffId, ownerRole: null };
  if (!word) return { owners: [me], loaded: true };
  const roles = roleKeys.filter((role) => isRoleWord(role, word) && role !== 'auditor');
  const owners = [
    ...findOwners(word, data?.assignees ?? []).map((one) => ({
      id: one.staffId,
      label: one.displayName,
      ownerStaffId: one.staffId,
      ownerRole: null,
    })),
    ...roles.map((role) => ({ id: role, label: `any ${role}`, ownerStaffId: null, ownerRole: role })),
  ];
  return { owners, loaded: data !== undefined };
}

/** `task call the lab tomorrow 3pm @ana`: what, by when, whose. About the person in view, if any. */
export function useTaskMode({ active, parsed, who, close }: Input): LineView {
  const { timeZone } = useSession();
  const toast = useToast();
  const make = useWrite(makeTask, { touches: ['tasks'] });
  const remove = useWrite(taskInError, { touches: ['tasks'] });
  const { owners, loaded } = useOwners(active, parsed.task?.ownerWord ?? null);
  const { task } = parsed;
  if (!active || !task) return nothingYet;
  if (task.text === '')
    return {
      ...nothingYet,
      does: 'make the task',
      head: 'What is to be done? And by when: “tomorrow 3pm”, “fri”. For whom: “@ana”.',
    };
  const now = new Date();
  const dueAt = taskDueAt(task, now, timeZone);
  const due = formatDayTime(dueAt, timeZone, localDate(now, timeZone));
  const run = async ({ ownerStaffId, ownerRole }: Owner, patientId: string | null) => {
    try {
      const { task: made } = await make.mutateAsync({
        body: { text: task.text, dueAt, ownerStaffId, ownerRole, patientId },
      });
      const body = { version: made.version, reason: 'taken back at once' };
      toast.done(`Owed ${due}: ${task.text}`, {
        undo: () => remove.mutateAsync({ params: { id: made.taskId }, body }),
      });
      close();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const itemsFor = (about: LineWho | undefined): LineItem[] =>
    owners.map((owner) => ({
      id: `${owner.id} ${about?.patientId ?? ''}`,
      lead: due,
      title: task.text,
      detail: about ? `for ${owner.label} · about ${about.name}` : `for ${owner.label}`,
      run: () => void run(owner, about?.patientId ?? null),
    }));
  const items = who ? [...itemsFor(who), ...itemsFor(undefined)] : itemsFor(undefined);
  const nobody = loaded && items.length === 0 && `Nobody here is called “${task.ownerWord}”.`;
  return { items, fresh: loaded, does: 'make the task', ...(nobody ? { head: nobody } : {}) };
}
