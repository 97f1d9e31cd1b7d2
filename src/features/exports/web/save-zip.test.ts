import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { zipFiles } from './save-zip.ts';

it('holds every file in one folder, tables with the mark that spreadsheets read', () => {
  const zip = zipFiles('record-1', [
    { name: 'record.txt', mediaType: 'text/plain', text: 'Ñandú' },
    { name: 'tasks.csv', mediaType: 'text/csv', text: 'a,b\r\n' },
  ]);
  const files = unzipSync(zip);
  expect(Object.keys(files)).toEqual(['record-1/record.txt', 'record-1/tasks.csv']);
  expect(strFromU8(files['record-1/record.txt'] ?? new Uint8Array())).toBe('Ñandú');
  expect([...(files['record-1/tasks.csv'] ?? [])].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 0x61]);
});
