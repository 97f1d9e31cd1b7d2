import { strToU8, zipSync } from 'fflate';
import type { ExportedFile } from '../api.ts';

/** With its mark, spreadsheets read the letters of a table right. */
const bytesOf = ({ mediaType, text }: ExportedFile) =>
  strToU8(mediaType === 'text/csv' ? `\ufeff${text}` : text);

/** All of them in one file, each in a folder of that name. */
export function zipFiles(name: string, files: readonly ExportedFile[]): Uint8Array<ArrayBuffer> {
  const entries = Object.fromEntries(files.map((file) => [`${name}/${file.name}`, bytesOf(file)]));
  return new Uint8Array(zipSync(entries, { level: 6 }));
}

/** Hand them over as one file. */
export function saveZip(name: string, files: readonly ExportedFile[]): void {
  const url = URL.createObjectURL(new Blob([zipFiles(name, files)], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.zip`;
  link.click();
  URL.revokeObjectURL(url);
}
