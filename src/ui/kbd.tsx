const words: Record<string, string> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  enter: 'Enter',
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  ' ': 'Space',
  space: 'Space',
  pageup: 'Page Up',
  pagedown: 'Page Down',
  home: 'Home',
  end: 'End',
  delete: 'Delete',
};

/** `mod+k` → `Ctrl K`, as it is printed on the key caps. */
export function keyWords(keys: string): string {
  return keys
    .split('+')
    .filter((part) => part !== '')
    .map((part) => words[part.toLowerCase()] ?? part.toUpperCase())
    .join(' ');
}

export function Kbd({ keys }: { keys: string }) {
  return <kbd className="ui-kbd">{keyWords(keys)}</kbd>;
}

/** The line of keys at the foot of a page: `[['arrowdown', 'move'], ['enter', 'do it']]`. */
export function KeyHints({ hints }: { hints: ReadonlyArray<readonly [keys: string, does: string]> }) {
  return (
    <div className="ui-key-hints">
      {hints.map(([keys, does]) => (
        <span key={keys}>
          {keys.split(' ').map((one) => (
            <Kbd key={one} keys={one} />
          ))}{' '}
          {does}
        </span>
      ))}
    </div>
  );
}
