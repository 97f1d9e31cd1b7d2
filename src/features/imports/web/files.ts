import { CallFailed, call } from '../../../platform/web/call.ts';
import { readFaultFile, uploadPath } from '../api.ts';

/** Send a table as it is; answers the import's id. @throws CallFailed */
export async function sendFile(file: File): Promise<string> {
  const response = await fetch(uploadPath, {
    method: 'POST',
    headers: {
      'x-frontdesk': '1',
      'content-type': 'text/csv',
      'x-file-name': encodeURIComponent(file.name),
    },
    body: file,
  }).catch(() => null);
  const answer = (await response?.json().catch(() => ({}))) ?? {};
  if (!response?.ok || typeof answer.importId !== 'string')
    throw new CallFailed(response?.status ?? 0, answer);
  return answer.importId;
}

/** Hand over the lines that did not go in, each with what is wrong, as a file. */
export async function saveFaultFile(importId: string): Promise<void> {
  const parts: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const body: { after: number } = { after };
    const part = await call(readFaultFile, { params: { id: importId }, body });
    parts.push(part.csv);
    after = part.next;
  }
  // With its mark, spreadsheets read the letters right.
  const url = URL.createObjectURL(new Blob(['\ufeff', ...parts], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'lines-to-mend.csv';
  link.click();
  URL.revokeObjectURL(url);
}
