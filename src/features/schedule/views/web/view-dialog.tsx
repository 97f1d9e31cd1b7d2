import './views.css';
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useMaySession } from '../../../../platform/web/session.tsx';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Kbd } from '../../../../ui/kbd.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { changeView, removeView, saveView } from '../api.ts';
import { chosenOf, hourHeightOf, isHit, shortId, toggled } from '../rules.ts';
import type { Look, SavedView } from '../schema.ts';

export type Seen = { who?: string | undefined; zoom?: string | undefined };
type Column = { resourceId: string; name: string };

type DialogProps = {
  /** Of the kind and site that are looked at. */
  columns: readonly Column[];
  kind: Look['kind'];
  siteId: string | undefined;
  seen: Seen;
  onSee: (seen: Seen) => void;
  views: readonly SavedView[];
  onShow: (view: SavedView) => void;
  onClose: () => void;
};

const zooms = [
  { zoom: undefined, label: 'Usual' },
  { zoom: '144', label: 'Large' },
  { zoom: '192', label: 'Largest' },
] as const;

/** Whose columns, how large; and what was saved of that. */
export function ViewDialog(props: DialogProps) {
  const { seen, onSee, onClose, views } = props;
  return (
    <Dialog opened onClose={onClose} size="large" title="What to see">
      <div className="vw">
        <ColumnChoice {...props} />
        <div className="vw-side">
          <section aria-label="Size">
            <h3>Size</h3>
            <div className="vw-row">
              {zooms.map(({ zoom, label }) => (
                <Button
                  key={label}
                  aria-pressed={hourHeightOf(seen.zoom) === hourHeightOf(zoom)}
                  onClick={() => onSee({ ...seen, zoom })}
                >
                  {label}
                </Button>
              ))}
            </div>
          </section>
          <section aria-label="Saved views">
            <h3>Saved views</h3>
            {views.length === 0 && (
              <p className="ui-dim">None yet. Choose columns and size, then save them below.</p>
            )}
            <ul>
              {views.map((view) => (
                <ViewLine key={view.viewId} view={view} {...props} />
              ))}
            </ul>
          </section>
          <SaveForm {...props} />
        </div>
      </div>
    </Dialog>
  );
}

/** Fifty names and a field: a scrap and Enter take the first hit in or out, arrows walk the list. */
function ColumnChoice({ columns, seen, onSee }: DialogProps) {
  const [typed, setTyped] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const hits = columns.filter((column) => isHit(column.name, typed));
  const chosen = new Set(seen.who ? chosenOf(columns, seen.who).map((one) => one.resourceId) : []);
  const flip = ({ resourceId }: Column) => onSee({ ...seen, who: toggled(seen.who, resourceId) });
  const boxes = () => [...(list.current?.querySelectorAll('input') ?? [])];
  const onFieldKey = (event: KeyboardEvent) => {
    const [first] = hits;
    if (event.key === 'Enter' && first && typed.trim() !== '') {
      flip(first);
      setTyped('');
    } else if (event.key === 'ArrowDown') boxes()[0]?.focus();
    else return;
    event.preventDefault();
  };
  const onListKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    const all = boxes();
    if (event.target instanceof HTMLInputElement) all[all.indexOf(event.target) + by]?.focus();
    event.preventDefault();
  };
  return (
    <section aria-label="Columns">
      <TextInput
        label="Whose columns"
        placeholder="A scrap of the name, Enter takes it"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onFieldKey}
      />
      <p className="ui-dim" role="status">
        {chosen.size === 0 ? `All ${columns.length}` : `${chosen.size} of ${columns.length}`}
        {chosen.size > 0 && (
          <Button look="quiet" onClick={() => onSee({ ...seen, who: undefined })}>
            See all
          </Button>
        )}
      </p>
      <ul className="vw-columns" ref={list} onKeyDown={onListKey}>
        {hits.map((column) => (
          <li key={column.resourceId}>
            <label>
              <input type="checkbox" checked={chosen.has(column.resourceId)} onChange={() => flip(column)} />
              {column.name}
            </label>
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="ui-dim">Nobody here is called that.</p>}
    </section>
  );
}

/** What is looked at now. */
function lookOf({ columns, kind, siteId, seen }: DialogProps): Look {
  const resourceIds = seen.who ? chosenOf(columns, seen.who).map((one) => one.resourceId) : [];
  return {
    span: 'day',
    kind,
    resourceIds,
    hourHeight: hourHeightOf(seen.zoom),
    ...(siteId ? { siteId } : {}),
  };
}

function ViewLine({ view, ...props }: DialogProps & { view: SavedView }) {
  const toast = useToast();
  const session = useMaySession();
  const touches = ['views'];
  const { mutateAsync: change } = useWrite(changeView, { touches });
  const { mutateAsync: remove } = useWrite(removeView, { touches });
  const { mutateAsync: save } = useWrite(saveView, { touches });
  const { viewId, version, name, key, look, shared } = view;
  const notYours =
    shared && session?.may('schedule.set-up') === false && 'It is everyone’s: a manager changes it.';
  const params = { id: viewId };
  const tried = (work: Promise<unknown>, said: string, undo: () => Promise<unknown>) =>
    void work.then(
      () => toast.done(said, { undo }),
      (error: Error) => toast.refused(error.message),
    );
  const replace = () =>
    tried(
      change({ params, body: { name, key, look: lookOf(props), version } }),
      `${name} now shows this.`,
      () => change({ params, body: { name, key, look, version: version + 1 } }),
    );
  const drop = () =>
    tried(remove({ params, body: { version } }), `Removed: ${name}.`, () =>
      save({ body: { name, key, look, shared } }),
    );
  return (
    <li className="vw-row">
      <Button
        onClick={() => {
          props.onClose();
          props.onShow(view);
        }}
      >
        {key !== null && <Kbd keys={String(key)} />} {name}
      </Button>
      {shared && <Tag>everyone’s</Tag>}
      <span className="ui-gap" />
      <Button
        look="quiet"
        icon="redo"
        aria-label={`Let ${name} show what is seen now`}
        disabledReason={notYours}
        onClick={replace}
      />
      <Button
        look="quiet"
        icon="trash"
        aria-label={`Remove ${name}`}
        disabledReason={notYours}
        onClick={drop}
      />
    </li>
  );
}

function SaveForm(props: DialogProps) {
  const { views, columns, seen } = props;
  const session = useMaySession();
  const toast = useToast();
  const { mutate: save, isPending } = useWrite(saveView, { touches: ['views'] });
  const taken = new Set(views.map((view) => view.key));
  const [name, setName] = useState('');
  const [key, setKey] = useState(() => String([5, 6, 7, 8, 9].find((digit) => !taken.has(digit)) ?? ''));
  const [shared, setShared] = useState(false);
  const [week, setWeek] = useState(false);
  const [alone, ...others] = seen.who ? chosenOf(columns, seen.who) : [];
  const one = props.kind === 'physicians' && others.length === 0 ? alone : undefined;
  const submit = () => {
    const look: Look =
      week && one ? { ...lookOf(props), span: 'week', physicianId: one.resourceId } : lookOf(props);
    const body = { name: name.trim(), key: key ? Number(key) : null, look, shared };
    save(
      { body },
      {
        onSuccess: ({ view }) => {
          setName('');
          toast.done(`Saved: ${view.name}${view.key === null ? '' : `, under ${view.key}`}.`);
        },
        onError: (error) => toast.refused(error.message),
      },
    );
  };
  return (
    <form
      aria-label="Save this view"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') submit();
      }}
    >
      <h3>Save what is seen</h3>
      <div className="vw-row">
        <TextInput
          label="Name"
          value={name}
          maxLength={40}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <label className="vw-key">
          Digit
          <select className="sc-select" value={key} onChange={(event) => setKey(event.currentTarget.value)}>
            <option value="">none</option>
            {[5, 6, 7, 8, 9].map((digit) => (
              <option key={digit} value={digit}>
                {digit}
              </option>
            ))}
          </select>
        </label>
      </div>
      {one && (
        <label className="vw-check">
          <input type="checkbox" checked={week} onChange={() => setWeek(!week)} /> as the week of {one.name}
        </label>
      )}
      {session?.may('schedule.set-up') && (
        <label className="vw-check">
          <input type="checkbox" checked={shared} onChange={() => setShared(!shared)} /> for everyone
        </label>
      )}
      <Button
        type="submit"
        look="go"
        busy={isPending}
        disabledReason={name.trim() === '' && 'Give the view a name first.'}
      >
        Save
      </Button>
    </form>
  );
}

/** "3 of 50", for the button that opens the dialog. */
export function seenWords(columns: readonly Column[], who: string | undefined): string {
  const shown = chosenOf(columns, who).length;
  return shown === columns.length ? `All ${shown}` : `${shown} of ${columns.length}`;
}

export function nameOfView(views: readonly SavedView[], saved: string | undefined): string | undefined {
  return saved ? views.find((view) => shortId(view.viewId) === saved)?.name : undefined;
}
