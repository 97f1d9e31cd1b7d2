import './settings.css';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError } from '../../../ui/fields.tsx';
import type { FormValues } from '../../../ui/use-form.ts';
import type { RecordForm } from './use-record-form.ts';

export type RecordDialogProps<V extends FormValues> = {
  title: string;
  record: RecordForm<V>;
  onClose: () => void;
  children: ReactNode;
  /** What each value is called, for showing both when someone else changed the record. */
  labels: Partial<Record<keyof V & string, string>>;
  show?: (path: string, value: unknown) => string;
  submitLabel?: string;
  aside?: ReactNode;
  size?: 'small' | 'medium' | 'large';
};

/** A dialog over one record: fields, a draft found again, and both versions when someone else was faster. */
export function RecordDialog<V extends FormValues>(props: RecordDialogProps<V>) {
  const { title, record, onClose, children, labels, show = words, submitLabel, aside, size } = props;
  const { form, theirs, hasDraft } = record;
  return (
    <Dialog
      opened
      title={title}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={submitLabel}
      busy={form.submitting}
      aside={aside}
      size={size}
    >
      <FormError form={form} />
      {theirs && (
        <div className="set-stale">
          <table>
            <caption>What is different</caption>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">You typed</th>
                <th scope="col">It is now</th>
              </tr>
            </thead>
            <tbody>
              {differences(form.values, theirs, labels).map(([path, label]) => (
                <tr key={path}>
                  <th scope="row">{label}</th>
                  <td>{show(path, form.values[path])}</td>
                  <td>{show(path, theirs[path])}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className="set-row">
            <Button onClick={record.keepMine}>Save what I typed</Button>
            <Button onClick={record.takeTheirs}>Take what it is now</Button>
          </div>
        </div>
      )}
      {hasDraft && !theirs && (
        <p className="set-draft">
          What you typed before is still here.{' '}
          <Button look="quiet" onClick={record.startAgain}>
            Start again
          </Button>
        </p>
      )}
      <div className="set-fields">{children}</div>
    </Dialog>
  );
}

function differences<V extends FormValues>(mine: V, theirs: V, labels: RecordDialogProps<V>['labels']) {
  return Object.entries(labels)
    .map(([path, label]) => [path, String(label)] as const)
    .filter(([path]) => JSON.stringify(mine[path]) !== JSON.stringify(theirs[path]));
}

function words(_path: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => words('', one)).join(', ') || '(none)';
  if (typeof value === 'object' && value !== null) {
    return words(
      '',
      Object.values(value).filter((one) => one !== ''),
    );
  }
  return String(value ?? '') || '(empty)';
}
