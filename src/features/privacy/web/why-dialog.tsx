import './privacy.css';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError } from '../../../ui/fields.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { reasonKinds, reasonLabels } from '../schema.ts';

type Kind = (typeof reasonKinds)[number];
type WhyDialogProps = {
  /** Asked, and never blocked. */
  mayGoOn: boolean;
  onSay: (kind: Kind | 'none', text: string) => Promise<void>;
  onClose: () => void;
};

const looks = { label: 'ui-field-label', input: 'ui-field-input' };

/** One key: who has a phone on one ear is not to be held up longer. */
export function WhyDialog({ mayGoOn, onSay, onClose }: WhyDialogProps) {
  useReturnFocus();
  const [other, setOther] = useState(false);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const say = async (wanted: Kind | 'none') => {
    if (busy) return;
    setBusy(true);
    try {
      await onSay(wanted, text.trim());
    } catch (error) {
      setFailed(error instanceof Error ? error.message : 'The office did not answer. Try again.');
      setBusy(false);
    }
  };
  const choose = (kind: Kind) => (kind === 'other' ? setOther(true) : void say(kind));
  const missing = !other ? 'Choose a reason: one key.' : text.trim().length < 3 && 'Write a word or two.';
  return (
    <Dialog
      opened
      size="small"
      title="Why do you open this record?"
      onClose={onClose}
      onSubmit={() => void say('other')}
      submitLabel="Open the record"
      submitDisabledReason={missing}
      busy={busy}
      aside={
        mayGoOn && (
          <Button look="quiet" busy={busy} onClick={() => void say('none')}>
            Go on without
          </Button>
        )
      }
    >
      <FormError form={{ formError: failed }} />
      <p className="ui-dim">
        This person has no visit, task or call near today. Your reason holds until tonight; the manager can
        read it.
      </p>
      <Reasons other={other} onChoose={choose} />
      {other && (
        <TextInput
          label="In a few words"
          value={text}
          maxLength={300}
          onChange={(event) => setText(event.currentTarget.value)}
          classNames={looks}
          // The key that chose it is followed by words.
          autoFocus
        />
      )}
    </Dialog>
  );
}

function Reasons({ other, onChoose }: { other: boolean; onChoose: (kind: Kind) => void }) {
  const keys = Object.fromEntries(
    reasonKinds.map((kind, index) => [
      String(index + 1),
      { label: reasonLabels[kind], run: () => onChoose(kind) },
    ]),
  );
  useKeys(keys, { scope: 'dialog' });
  return (
    <fieldset className="why-reasons" aria-label="Reason">
      {reasonKinds.map((kind, index) => (
        <button
          key={kind}
          type="button"
          className="why-reason"
          aria-expanded={kind === 'other' ? other : undefined}
          data-autofocus={index === 0 || undefined}
          onClick={() => onChoose(kind)}
        >
          {reasonLabels[kind]}
          <Kbd keys={String(index + 1)} />
        </button>
      ))}
    </fieldset>
  );
}
