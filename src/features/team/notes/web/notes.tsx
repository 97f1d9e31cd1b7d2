import '../../web/team.css';
import { useState } from 'react';
import { z } from 'zod';
import { roleKeys } from '../../../../platform/contributions.ts';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { CompletionArea } from '../../../../ui/completion-area.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { CheckboxField, FormError } from '../../../../ui/fields.tsx';
import { formatDayTime, localDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { listAssignees } from '../../../tasks/marks/api.ts';
import { addNote, changeNote, listNotes, listNoteVersions, strikeNote } from '../api.ts';
import { roleNames } from '../rules.ts';
import type { Note } from '../schema.ts';

const touches = ['notes'];
export type NotesProps = { kind: string; id: string };

/** Notes of colleagues on one thing: what was said, whom it names, and a place to write the next. */
export function Notes({ kind, id }: NotesProps) {
  const { may } = useSession();
  const [changing, setChanging] = useState<string>();
  const [written, setWritten] = useState(0);
  const input = { params: { kind, id } };
  const { data, error, refetch } = useRead(listNotes, input, {
    topics: ['notes'],
    keys: [id],
    enabled: may('notes.see'),
  });
  if (!may('notes.see')) return null;
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={2} label="Looking up notes" />;
  return (
    <div className="team-notes">
      {data.notes.length === 0 && !may('notes.write') && <p className="ui-dim">No notes yet.</p>}
      <ul>
        {data.notes.map((note) =>
          changing === note.noteId ? (
            <li key={note.noteId}>
              <NoteForm kind={kind} id={id} note={note} onDone={() => setChanging(undefined)} />
            </li>
          ) : (
            <NoteLine
              key={note.noteId}
              note={note}
              elsewhere={note.subjectKind !== kind ? `on a ${note.subjectKind}` : ''}
              onChange={() => setChanging(note.noteId)}
            />
          ),
        )}
      </ul>
      {may('notes.write') && (
        // A new one for the next note, not for a colleague's that comes while someone types.
        <NoteForm
          key={`next ${written}`}
          kind={kind}
          id={id}
          note={null}
          autoFocus={written > 0}
          onDone={() => setWritten(written + 1)}
        />
      )}
    </div>
  );
}

type LineProps = { note: Note; elsewhere: string; onChange: () => void };

function NoteLine({ note, elsewhere, onChange }: LineProps) {
  const { staffId, timeZone, may } = useSession();
  const [showsBefore, setShowsBefore] = useState(false);
  const today = localDate(Date.now(), timeZone);
  const mine = note.madeBy === staffId && may('notes.write');
  const facts = [
    note.madeByName || 'the office',
    formatDayTime(note.madeAt, timeZone, today),
    elsewhere,
    note.inRecord ? 'part of the medical record' : '',
  ];
  return (
    <li data-struck={note.struckAt ? true : undefined}>
      <p>{note.text}</p>
      <small>
        {facts.filter(Boolean).join(' · ')}
        {note.changedAt && (
          <button type="button" aria-expanded={showsBefore} onClick={() => setShowsBefore(!showsBefore)}>
            changed {formatDayTime(note.changedAt, timeZone, today)}
          </button>
        )}
      </small>
      {note.struckAt && (
        <small>
          Struck out by {note.struckByName}: {note.struckReason}
        </small>
      )}
      <span className="team-note-marks">
        {note.mentions.map((one) => (
          <Tag key={one.name} tone={one.readAt ? 'good' : 'wait'} sign={one.readAt ? '✓' : '@'}>
            {one.name}
            {one.readAt ? ' read it' : ''}
          </Tag>
        ))}
        {mine && !note.struckAt && (
          <Button
            look="quiet"
            icon="edit"
            aria-label={`Change the note: ${note.text.slice(0, 40)}`}
            onClick={onChange}
          />
        )}
        {!note.struckAt && (mine || may('team.manage')) && <Strike note={note} />}
      </span>
      {showsBefore && <Before note={note} />}
    </li>
  );
}

function Before({ note }: { note: Note }) {
  const { timeZone } = useSession();
  const { data } = useRead(
    listNoteVersions,
    { params: { id: note.noteId } },
    { topics: ['notes'], keys: [note.noteId] },
  );
  return (
    <ol className="team-note-before" aria-label="What it said before">
      {data?.versions.map((one) => (
        <li key={one.version}>
          {one.text} <small>{formatDayTime(one.at, timeZone)}</small>
        </li>
      ))}
    </ol>
  );
}

function Strike({ note }: { note: Note }) {
  const ask = useConfirm();
  const toast = useToast();
  const write = useWrite(strikeNote, { touches });
  const run = async () => {
    const answer = await ask({
      title: 'Strike this note out?',
      text: 'It stays to be read, struck out, with who did it and why.',
      confirmLabel: 'Strike out',
      reason: { label: 'Why', required: true, usual: ['Wrong person', 'Not true any more'] },
      run: (reason) =>
        write.mutateAsync({ params: { id: note.noteId }, body: { version: note.version, reason } }),
    });
    if (answer) toast.done('Struck out.');
  };
  return (
    <Button
      look="quiet"
      icon="trash"
      aria-label={`Strike out the note: ${note.text.slice(0, 40)}`}
      onClick={() => void run()}
    />
  );
}

const Values = z.object({
  text: z.string().trim().min(1, 'Type the note.').max(2000, 'Keep it under 2,000 letters.'),
  inRecord: z.boolean(),
});
type Values = z.output<typeof Values>;

function useNames(): string[] {
  const { data } = useRead(listAssignees, {}, { topics: ['practice'] });
  const roles = roleKeys.filter((role) => role !== 'auditor').map((role) => roleNames(role)[1]);
  return [...(data?.assignees ?? []).map((one) => one.displayName), ...roles];
}

type FormProps = NotesProps & { note: Note | null; autoFocus?: boolean; onDone: () => void };

function NoteForm({ kind, id, note, autoFocus, onDone }: FormProps) {
  const toast = useToast();
  const names = useNames();
  const add = useWrite(addNote, { touches });
  const change = useWrite(changeNote, { touches });
  const strike = useWrite(strikeNote, { touches });
  const draft = useDraft<Values>(`note ${note?.noteId ?? `${kind} ${id}`}`);
  const form = useForm<Values, Values>({
    initial: draft.initial ?? { text: note?.text ?? '', inRecord: note?.inRecord ?? false },
    schema: Values,
    onSubmit: async (values) => {
      if (note) {
        await change.mutateAsync({ params: { id: note.noteId }, body: { ...values, version: note.version } });
        draft.drop();
        return onDone();
      }
      const { note: made } = await add.mutateAsync({ body: { ...values, aboutKind: kind, aboutId: id } });
      draft.drop();
      const body = { version: made.version, reason: 'taken back at once' };
      const to = made.mentions.map((one) => one.name).join(', ');
      toast.done(to ? `Noted. ${to} will have it on Today.` : 'Noted.', {
        undo: () => strike.mutateAsync({ params: { id: made.noteId }, body }),
      });
      onDone();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return (
    <form className="team-note-form" onSubmit={form.submit} noValidate>
      <FormError form={form} />
      <CompletionArea
        form={form}
        path="text"
        label={note ? 'Change the note' : 'New note'}
        choices={names}
        rows={2}
        maxLength={2000}
        autoFocus={autoFocus}
        hint="@ and a name or a role mentions them: they have it on Today until they read it."
      />
      <CheckboxField
        form={form}
        path="inRecord"
        label="Part of the medical record"
        hint="Left unmarked it is a note of the office, not part of the medical record."
      />
      <div className="team-note-foot">
        <Button type="submit" busy={form.submitting}>
          {note ? 'Save' : 'Add note'}
        </Button>
        {note && <Button onClick={onDone}>Cancel</Button>}
      </div>
    </form>
  );
}
