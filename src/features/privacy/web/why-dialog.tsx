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

/** One key and Enter: who has a phone on one ear is not to be held up longer. */
export function WhyDialog({ mayGoOn, onSay, onClose }: WhyDialogProps) {
  useReturnFocus();
  const [kind, setKind] = useState<Kind | null>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const say = async (wanted: Kind | 'none') => {
    setBusy(true);
    try {
      await onSay(wanted, text.trim());
    } catch (error) {
      setFailed(error instanceof Error ? error.message : 'The office did not answer. Try again.');
      setBusy(false);
    }
  };
  const missing =
    kind === null
      ? 'Choose a reason: one key.'
      : kind === 'other' && text.trim().length < 3 && 'Write a word or two.';
  return (
    <Dialog
      opened
      size="small"
      title="Why do you open this record?"
      onClose={onClose}
      onSubmit={() => kind && void say(kind)}
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
      <Reasons chosen={kind} onChoose={setKind} />
      {kind === 'other' && (
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

function Reasons({ chosen, onChoose }: { chosen: Kind | null; onChoose: (kind: Kind) => void }) {
  const keys = Object.fromEntries(
    reasonKinds.map((kind, index) => [
      String(index + 1),
      { label: reasonLabels[kind], run: () => onChoose(kind) },
    ]),
  );
  useKeys(keys, { scope: 'dialog' });
  return (
    <div className="why-reasons" role="radiogroup" aria-label="Reason">
      {reasonKinds.map((kind, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio that is pressed by its own key and looks like a button
        <button
          key={kind}
          type="button"
          role="radio"
          className="why-reason"
          aria-checked={chosen === kind}
          data-autofocus={index === 0 || undefined}
          // Enter opens once something is chosen, wherever the focus stands.
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || chosen === null) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
          onClick={() => onChoose(kind)}
        >
          {reasonLabels[kind]}
          <Kbd keys={String(index + 1)} />
        </button>
      ))}
    </div>
  );
}
