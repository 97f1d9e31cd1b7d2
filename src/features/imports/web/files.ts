import { z } from 'zod';
import { call, sendWhole } from '../../../platform/web/call.ts';
import { readFaultFile, uploadPath } from '../api.ts';

const Sent = z.object({ importId: z.string() });

/** Send a table as it is; answers the import's id. @throws CallFailed */
export async function sendFile(file: File): Promise<string> {
  return Sent.parse(await sendWhole(uploadPath, file, 'text/csv')).importId;
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
