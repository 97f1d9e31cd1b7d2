import { Textarea } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Dialog } from './dialog.tsx';
import { FormError } from './fields.tsx';
import { refusedFields } from './form-values.ts';

export type Question = {
  title: string;
  text?: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  /** Asks for a reason: free text, or one of the usual ones by a click. */
  reason?: { label: string; required?: boolean; placeholder?: string; usual?: readonly string[] };
  /** Done while the question stands: when it fails, that is said there and the reason is not lost. */
  run?: (reason: string) => Promise<unknown>;
};

/** null when the person let it be. */
export type Answer = { reason: string } | null;
export type Ask = (question: Question) => Promise<Answer>;

const AskContext = createContext<Ask>(async () => null);

type Asked = Question & { answer: (answer: Answer) => void };

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback<Ask>(
    (question) =>
      new Promise<Answer>((resolve) => {
        const answer = (given: Answer) => {
          setAsked(null);
          resolve(given);
        };
        setAsked({ ...question, answer });
      }),
    [],
  );
  return (
    <AskContext value={ask}>
      {children}
      {asked && <ConfirmDialog asked={asked} />}
    </AskContext>
  );
}

/** `const answer = await ask({ title, confirmLabel, reason: { label: 'Why?', required: true } })` */
export function useConfirm(): Ask {
  return useContext(AskContext);
}

function ConfirmDialog({ asked }: { asked: Asked }) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    try {
      await asked.run?.(reason.trim());
      asked.answer({ reason: reason.trim() });
    } catch (error) {
      setFailed(refusedFields(error).form);
      setBusy(false);
    }
  };
  const missing = asked.reason?.required && reason.trim() === '';
  return (
    <Dialog
      opened
      size="small"
      title={asked.title}
      onClose={() => asked.answer(null)}
      onSubmit={() => void confirm()}
      busy={busy}
      submitLabel={asked.confirmLabel}
      cancelLabel={asked.cancelLabel ?? 'Keep it'}
      submitLook={asked.danger ? 'danger' : 'go'}
      submitDisabledReason={missing ? 'Write the reason first.' : undefined}
    >
      <FormError form={{ formError: failed }} />
      {asked.text && <div className="ui-confirm-text">{asked.text}</div>}
      {asked.reason && (
        <>
          <Textarea
            label={asked.reason.label}
            placeholder={asked.reason.placeholder}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required={asked.reason.required}
            rows={2}
            classNames={{ label: 'ui-field-label', input: 'ui-field-input ui-grows' }}
            data-autofocus
          />
          <div className="ui-usual">
            {asked.reason.usual?.map((usual) => (
              <button key={usual} type="button" className="ui-chip" onClick={() => setReason(usual)}>
                {usual}
              </button>
            ))}
          </div>
        </>
      )}
    </Dialog>
  );
}
