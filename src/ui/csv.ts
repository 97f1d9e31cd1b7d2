/** A field of a CSV file: quoted where it must be; one that a spreadsheet would run begins with an apostrophe. */
export function csvField(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type CsvLine = readonly (string | number)[];

/** As spreadsheets read it: CRLF, and a mark that it is UTF-8. */
export function csvText(lines: readonly CsvLine[]): string {
  return `\uFEFF${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}

/** Hands a table to the browser as a file. */
export function saveCsv(name: string, lines: readonly CsvLine[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvText(lines)], { type: 'text/csv' }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
