import { Modal } from '@mantine/core';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { Button } from './button.tsx';
import { useKeepFocus } from './keep-focus.ts';
import { useKeys } from './keys.ts';

export type DialogProps = {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Given, the dialog is a form: Enter submits, Ctrl Enter also from a text area. */
  onSubmit?: () => void;
  submitLabel?: string;
  cancelLabel?: string;
  submitLook?: 'go' | 'danger';
  submitDisabledReason?: string | false | null | undefined;
  busy?: boolean;
  /** At the left of the foot, e.g. a delete button. */
  aside?: ReactNode;
  size?: 'small' | 'medium' | 'large';
};

const widths = { small: 400, medium: 560, large: 840 };

export function Dialog(props: DialogProps) {
  const { opened, onClose, title, children, onSubmit, size = 'medium' } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={widths[size]}
      lockScroll={false}
      centered
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 1, color: 'var(--veil)' }}
      classNames={{
        content: 'ui-dialog',
        header: 'ui-dialog-head',
        title: 'ui-dialog-title',
        body: 'ui-dialog-body',
      }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <DialogKeys />
      {onSubmit ? <DialogForm {...props} onSubmit={onSubmit} /> : children}
    </Modal>
  );
}

/** An open dialog silences the keys of the page below it. */
function DialogKeys() {
  useKeys({}, { scope: 'dialog' });
  const marked = useKeepFocus<HTMLSpanElement>();
  return <span ref={marked} hidden />;
}

function DialogForm(props: DialogProps & { onSubmit: () => void }) {
  const { onClose, children, onSubmit, busy, aside, submitDisabledReason } = props;
  const send = () => {
    if (!busy && !submitDisabledReason) onSubmit();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    send();
  };
  const sendFromTextArea = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submit} onKeyDown={sendFromTextArea} noValidate>
      <div className="ui-dialog-content">{children}</div>
      <div className="ui-dialog-foot">
        {aside}
        <span className="ui-gap" />
        <Button onClick={onClose}>{props.cancelLabel ?? 'Cancel'}</Button>
        <Button
          type="submit"
          look={props.submitLook ?? 'go'}
          busy={busy}
          disabledReason={submitDisabledReason}
        >
          {props.submitLabel ?? 'Save'}
        </Button>
      </div>
    </form>
  );
}
