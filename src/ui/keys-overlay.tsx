import { useState } from 'react';
import { Dialog } from './dialog.tsx';
import { Kbd } from './kbd.tsx';
import { type ListedKey, useKeys, useListedKeys } from './keys.ts';

/** `?` shows the keys of this page. Mount once, in the frame of the app. */
export function KeysOverlay({ title = 'Keys' }: { title?: string }) {
  const [opened, setOpened] = useState(false);
  const listed = useListedKeys();
  useKeys({ '?': { label: 'these keys', run: () => setOpened(true) } }, { scope: 'global' });
  const isEverywhere = ({ scope }: ListedKey) => scope === 'global' || scope === 'always';
  const here = listed.filter((key) => !isEverywhere(key));
  const everywhere = listed.filter(isEverywhere);
  return (
    <Dialog opened={opened} onClose={() => setOpened(false)} title={title}>
      {here.length > 0 && <KeyList title="On this page" keys={here} />}
      <KeyList title="Everywhere" keys={everywhere} />
    </Dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: readonly ListedKey[] }) {
  return (
    <section className="ui-key-list">
      <h3>{title}</h3>
      <dl>
        {keys.map(({ keys: combination, label }) => (
          <div key={combination}>
            <dt>
              <Kbd keys={combination} />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
