import './line.css';
import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { Kbd, KeyHints } from '../../../ui/kbd.tsx';
import { useKeepFocus } from '../../../ui/keep-focus.ts';
import { useKeys } from '../../../ui/keys.ts';
import { useSpeak } from '../../../ui/live-region.tsx';
import { lineVerbs } from '../../verbs.ts';
import type { LineItem } from './line-view.ts';
import { type Line, useLine } from './use-line.ts';

export type LineDialogProps = { opened: boolean; words: string; onClose: () => void };

/** The line: who, what, when in one go, over any page. */
export function LineDialog({ opened, words, onClose }: LineDialogProps) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={720}
      yOffset="8vh"
      padding={0}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      classNames={{ content: 'ln-content', body: 'ln-body' }}
    >
      <Modal.Overlay backgroundOpacity={1} color="var(--veil)" />
      <Modal.Content aria-label="The line">
        <Modal.Body>{opened && <LinePalette words={words} onClose={onClose} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Enter before the answer is there waits for it, so that it never takes what stood there before. */
function useWaitingEnter(line: Line, take: (item: LineItem | undefined) => void) {
  const waiting = useRef(false);
  useEffect(() => {
    if (!waiting.current || !line.fresh) return;
    waiting.current = false;
    take(line.items[0]);
  });
  return waiting;
}

function LinePalette({ words, onClose }: { words: string; onClose: () => void }) {
  const id = useId();
  const speak = useSpeak();
  const [text, setText] = useState(words);
  const [at, setAt] = useState(0);
  const [personAt, setPersonAt] = useState(0);
  const field = useKeepFocus<HTMLInputElement>();
  const type = (next: string) => {
    setText(next);
    setAt(0);
  };
  const add = (more: string) => {
    type(`${text.trimEnd()} ${more} `);
    field.current?.focus();
  };
  const line = useLine({ text, personAt, add, close: onClose });
  const marked = Math.min(at, Math.max(0, line.items.length - 1));
  const waiting = useWaitingEnter(line, (item) => item?.run());
  useKeys({}, { scope: 'dialog' });
  const spoken = line.fresh ? saidOf(line) : '';
  useEffect(() => {
    if (spoken) speak(spoken);
  }, [spoken, speak]);

  const onKeyDown = (event: KeyboardEvent) => {
    const stop = () => event.preventDefault();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      stop();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setAt(Math.max(0, Math.min(line.items.length - 1, marked + by)));
    } else if (event.key === 'Enter') {
      stop();
      if (line.fresh) line.items[marked]?.run();
      else waiting.current = true;
    } else if (event.key === 'Tab' && line.people.length > 1) {
      stop();
      setPersonAt((line.personAt + (event.shiftKey ? line.people.length - 1 : 1)) % line.people.length);
      setAt(0);
    } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      stop();
      if (line.fresh) line.items[Number(event.code.slice(5)) - 1]?.run();
    } else {
      waiting.current = false;
    }
  };
  return (
    <div className="ln">
      <input
        ref={field}
        className="ln-field"
        role="combobox"
        aria-label="Who, what, when"
        aria-expanded={line.items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={line.items.length > 0 ? `${id}-${marked}` : undefined}
        aria-autocomplete="list"
        placeholder="smith jo fu 3m lee am"
        data-autofocus
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => {
          type(event.currentTarget.value);
          setPersonAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Chips line={line} onPerson={setPersonAt} />
      {line.head && (
        <p className="ln-head" data-fresh={line.fresh}>
          {line.head}
        </p>
      )}
      <div id={`${id}-list`} className="ln-list" role="listbox" aria-label="Choices" aria-busy={!line.fresh}>
        {line.items.map((item, index) => (
          <Choice key={item.id} id={`${id}-${index}`} item={item} index={index} marked={index === marked} />
        ))}
      </div>
      {line.foot && <p className="ln-foot">Not offered: {line.foot}</p>}
      {text.trim() === '' && <Verbs onPick={(word) => type(`${word} `)} />}
      <KeyHints
        hints={[
          ...(line.does && line.items.length > 0 ? ([['enter', line.does]] as const) : []),
          ...(line.items.length > 1 ? ([['alt+1', 'to 9 choose']] as const) : []),
          ...(line.people.length > 1 ? ([['tab', 'another person']] as const) : []),
          ['escape', 'leave'],
        ]}
      />
    </div>
  );
}

function saidOf({ items, head }: Line): string {
  const [first] = items;
  if (!first) return head ?? '';
  const count = items.length === 1 ? '1 choice' : `${items.length} choices`;
  return `${head ? `${head} ` : ''}${count}. First: ${[first.lead, first.title, first.detail].filter(Boolean).join(', ')}`;
}

function Chips({ line, onPerson }: { line: Line; onPerson: (at: number) => void }) {
  const others = line.people.flatMap((hit, at) => (at === line.personAt ? [] : [{ hit, at }])).slice(0, 4);
  if (line.chips.length === 0) return null;
  return (
    <div className="ln-chips">
      {line.chips.map((chip) => (
        <span key={`${chip.kind} ${chip.text}`} className="ln-chip">
          {chip.kind} <b>{chip.text}</b>
        </span>
      ))}
      {others.length > 0 && (
        <span className="ln-others">
          or{' '}
          {others.map(({ hit, at }) => (
            <button key={hit.patientId} type="button" tabIndex={-1} onClick={() => onPerson(at)}>
              {hit.callName}
              {hit.age === null ? '' : `, ${hit.age}`}
            </button>
          ))}
        </span>
      )}
    </div>
  );
}

function Choice({ id, item, index, marked }: { id: string; item: LineItem; index: number; marked: boolean }) {
  const self = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (marked) self.current?.scrollIntoView?.({ block: 'nearest' });
  }, [marked]);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys do it
    <div
      ref={self}
      id={id}
      role="option"
      aria-selected={marked}
      className="ln-item"
      onMouseDown={(event) => event.preventDefault()}
      onClick={item.run}
    >
      <b className="ui-num">{item.lead}</b>
      <span>
        {item.title}
        {item.detail && <small>{item.detail}</small>}
      </span>
      {marked ? <Kbd keys="enter" /> : index < 9 && <Kbd keys={`alt+${index + 1}`} />}
    </div>
  );
}

/** What can be said, while nothing is. */
function Verbs({ onPick }: { onPick: (word: string) => void }) {
  const { may } = useSession();
  return (
    <dl className="ln-verbs">
      {lineVerbs
        .filter((verb) => may(verb.permission))
        .map((verb) => (
          <div key={verb.key}>
            <dt>
              <button type="button" tabIndex={-1} onClick={() => onPick(verb.words[0] ?? verb.key)}>
                {verb.key}
              </button>
            </dt>
            <dd>
              {verb.label}: <i>{verb.hint}</i>
            </dd>
          </div>
        ))}
    </dl>
  );
}
