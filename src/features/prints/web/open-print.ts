import { useCallback, useState } from 'react';
import { useToast } from '../../../ui/toast.tsx';
import type { Printed } from '../schema.ts';

/** The viewer has the file by then. */
const keptMs = 120_000;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** A tab of its own, asked for while the key or the click is fresh: later the browser would refuse it. */
function openTab(): Window | null {
  const tab = window.open('about:blank', '_blank');
  if (!tab) return null;
  tab.document.title = 'Print';
  tab.document.body.textContent = 'Preparing the print …';
  return tab;
}

function save(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}

/**
 * Ask for a print and open it in the browser's viewer; where no new tab may open, it is saved as a file.
 * @throws CallFailed when it is refused; the tab is gone then
 */
export async function openPrint(ask: () => Promise<Printed>): Promise<Printed & { saved: boolean }> {
  const tab = openTab();
  try {
    const printed = await ask();
    const url = URL.createObjectURL(new Blob([bytesOf(printed.pdf)], { type: 'application/pdf' }));
    setTimeout(() => URL.revokeObjectURL(url), keptMs);
    if (tab && !tab.closed) tab.location.replace(url);
    else save(url, printed.fileName);
    return { ...printed, saved: !tab };
  } catch (error) {
    tab?.close();
    throw error;
  }
}

/** Print, and say what happened. `run` rejects when the print is refused. */
export function usePrint() {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (ask: () => Promise<Printed>) => {
      setBusy(true);
      try {
        const { leftOut, saved, fileName } = await openPrint(ask);
        if (leftOut.length > 0) toast.refused(`Printed without: ${leftOut.join(' ')}`);
        else if (saved) toast.done(`No new tab could open: the print is saved as ${fileName}.`);
      } finally {
        setBusy(false);
      }
    },
    [toast],
  );
  return { run, busy };
}
