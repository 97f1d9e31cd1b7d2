import { Dialog } from '../../../ui/dialog.tsx';
import { deskPages } from '../../desk-pages.tsx';

/** The help of the page that one is on. */
export function HelpDialog({
  opened,
  onClose,
  path,
}: {
  opened: boolean;
  onClose: () => void;
  path: string;
}) {
  const page = deskPages.find((one) => matches(one.path, path));
  return (
    <Dialog opened={opened} onClose={onClose} title={page ? `Help: ${page.title}` : 'Help'}>
      {page?.help ?? <p>Press ? for the keys of this page. The line (Ctrl K) finds a person by any scrap.</p>}
    </Dialog>
  );
}

/** Whether an address belongs to a page's path, e.g. /patients/$patientId. */
export function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, at) => part.startsWith('$') || part === given[at])
  );
}
