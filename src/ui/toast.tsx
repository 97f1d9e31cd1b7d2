import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import { useKeys } from './keys.ts';
import { useSpeak } from './live-region.tsx';
import { allTold, isUnderway, underway } from './underway.ts';

export type Undo = () => Promise<unknown> | unknown;

/** What may be said of a thing just done, by a button or its key as long as the note is there. */
export type Offer = { label: string; key: string; run: () => void };

export type Toasts = {
  /** Something is done. With `undo`, the note has a button, and `U` or Ctrl Z take it back for some minutes. */
  done: (message: string, options?: { undo?: Undo; undoneMessage?: string; offer?: Offer }) => void;
  /** Something was refused: the message says why and what to do next; `action` is the way on. */
  refused: (message: string, action?: { label: string; run: () => void }) => void;
  /** Take back the last thing that can be taken back; one that is still on its way, once it is there. */
  undoLast: () => void;
};

type Note = {
  id: number;
  tone: 'good' | 'wrong';
  message: string;
  undo?: { run: Undo; undoneMessage: string; until: number };
  offer?: Offer;
  action?: { label: string; run: () => void };
};

// WCAG 2.2.1 asks for time to read; a note is never the only place that says a thing.
const shownSeconds = { good: 8, asks: 14, wrong: 14 };
const mostAtOnce = 3;
const patienceMs = 1500;

const silent: Toasts = { done: () => {}, refused: () => {}, undoLast: () => {} };
const ToastContext = createContext<Toasts>(silent);

export function useToast(): Toasts {
  return useContext(ToastContext);
}

export function ToastProvider({ children, undoMinutes = 5 }: { children: ReactNode; undoMinutes?: number }) {
  const { notes, toasts, remove, hold, release, undoThis } = useNotes(undoMinutes);
  useKeys(
    {
      'mod+z': { label: 'undo', run: toasts.undoLast },
      u: { run: toasts.undoLast },
    },
    { scope: 'global' },
  );
  return (
    <ToastContext value={toasts}>
      {children}
      <section className="ui-toasts" aria-label="Notes" onPointerEnter={hold} onPointerLeave={release}>
        {notes.map((note) => (
          <ToastNote key={note.id} note={note} onClose={remove} onUndo={undoThis} />
        ))}
      </section>
    </ToastContext>
  );
}

type NoteProps = { note: Note; onClose: (id: number) => void; onUndo: (note: Note) => void };

function OfferButton({ offer, onTaken }: { offer: Offer; onTaken: () => void }) {
  const take = () => {
    onTaken();
    offer.run();
  };
  useKeys({ [offer.key]: { label: offer.label, run: take } }, { scope: 'page' });
  return (
    <button type="button" className="ui-btn quiet" onClick={take}>
      {offer.label} <Kbd keys={offer.key} />
    </button>
  );
}

function ToastNote({ note, onClose, onUndo }: NoteProps) {
  const runAction = () => {
    note.action?.run();
    onClose(note.id);
  };
  return (
    <div className={`ui-toast ${note.tone}`}>
      <Icon name={note.tone === 'good' ? 'check' : 'warning'} size={16} />
      <span className="ui-toast-message">{note.message}</span>
      {note.offer && <OfferButton offer={note.offer} onTaken={() => onClose(note.id)} />}
      {note.undo && (
        <button type="button" className="ui-btn quiet" onClick={() => onUndo(note)}>
          Undo <Kbd keys="u" />
        </button>
      )}
      {note.action && (
        <button type="button" className="ui-btn quiet" onClick={runAction}>
          {note.action.label}
        </button>
      )}
      <button
        type="button"
        className="ui-btn quiet icon-only"
        aria-label="Close"
        onClick={() => onClose(note.id)}
      >
        <Icon name="cross" size={14} />
      </button>
    </div>
  );
}

/** The notes on screen, and the things that can still be undone after their note has gone. */
function useNotes(undoMinutes: number) {
  const speak = useSpeak();
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const nextId = useRef(1);
  const held = useRef(false);
  const undoable = useRef<Note[]>([]);
  const waiting = useRef(false);

  const remove = useCallback((id: number) => setNotes((all) => all.filter((note) => note.id !== id)), []);
  const hold = useCallback(() => {
    held.current = true;
  }, []);
  const release = useCallback(() => {
    held.current = false;
  }, []);

  const { toasts, undoThis } = useMemo(() => {
    const retire = (note: Note) => {
      if (held.current) setTimeout(retire, 2000, note);
      else remove(note.id);
    };
    const show = (draft: Omit<Note, 'id'>) => {
      const note = { ...draft, id: nextId.current++ };
      // Only the newest thing shows its buttons: undo takes back the last first, as on every desk.
      setNotes((all) => [...all.map(withoutButtons), note].slice(-mostAtOnce));
      if (note.undo) undoable.current.push(note);
      speak(note.message, note.tone === 'good' ? 'polite' : 'assertive');
      setTimeout(retire, shownSeconds[note.offer ? 'asks' : note.tone] * 1000, note);
    };
    const refused: Toasts['refused'] = (message, action) => show({ tone: 'wrong', message, action });
    const takeBack = (undo: NonNullable<Note['undo']>): void => {
      const again = { label: 'Try again', run: () => takeBack(undo) };
      underway(Promise.resolve().then(undo.run)).then(
        () => show({ tone: 'good', message: undo.undoneMessage }),
        (error: unknown) =>
          refused(error instanceof Error ? error.message : 'This could not be undone.', again),
      );
    };
    const undoThis = (note: Note) => {
      undoable.current = undoable.current.filter((one) => one !== note);
      remove(note.id);
      if (note.undo) takeBack(note.undo);
    };
    const undoNewest = () => {
      const note = undoable.current.at(-1);
      if (note?.undo && note.undo.until >= Date.now()) return undoThis(note);
      undoable.current = [];
      show({ tone: 'good', message: 'Nothing left to undo.' });
    };
    const undoOnceTold = async () => {
      waiting.current = true;
      const slow = setTimeout(() => {
        show({ tone: 'good', message: 'Still on its way to the office. It is taken back once it is there.' });
      }, patienceMs);
      const wentWell = await allTold();
      clearTimeout(slow);
      waiting.current = false;
      // What was refused says so itself; nothing older is taken back in its place.
      if (wentWell) undoNewest();
    };
    const toasts: Toasts = {
      refused,
      done: (message, { undo, undoneMessage = 'Undone.', offer } = {}) =>
        show({
          ...{ tone: 'good', message, offer },
          undo: undo && { run: undo, undoneMessage, until: Date.now() + undoMinutes * 60_000 },
        }),
      undoLast: () => {
        if (waiting.current) return;
        if (isUnderway()) void undoOnceTold();
        else undoNewest();
      },
    };
    return { toasts, undoThis };
  }, [remove, speak, undoMinutes]);

  return { notes, toasts, remove, hold, release, undoThis };
}

function withoutButtons(note: Note): Note {
  return note.undo || note.offer ? { ...note, undo: undefined, offer: undefined } : note;
}
