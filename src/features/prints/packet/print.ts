import { margin, Sheet } from '../../../pdf/sheet.ts';
import { drawTable } from '../../../pdf/table.ts';
import { drawDay } from '../day-sheets/print.ts';
import { countText, type DaySheet, longDate } from '../day-sheets/rules.ts';
import { usPhone } from '../people/rules.ts';

export type Packet = {
  practiceName: string;
  /** `Wed, Mar 4, 2026, 6:00 pm` */
  madeText: string;
  madeAt: Date;
  days: readonly { date: string; sheets: readonly DaySheet[] }[];
  sites: readonly { name: string; phone: string }[];
  password?: string;
};

const blankRows = 14;

/** A page that says what this is, a page for each physician and day, and one to write on. */
export async function drawPacket(packet: Packet): Promise<Buffer> {
  const { practiceName, madeText, madeAt, days, password } = packet;
  const title = `Downtime packet for ${days.map((day) => longDate(day.date)).join(' and ')}`;
  const foot = `${practiceName} · as of ${madeText} · confidential: shred when done`;
  const sheet = new Sheet({ title, foot, madeAt, landscape: true, ...(password ? { password } : {}) });
  drawCover(sheet, packet, title);
  for (const day of days) for (const one of day.sheets) drawDay(sheet, one);
  drawBlank(sheet);
  return sheet.finish();
}

function drawCover(sheet: Sheet, { days, madeText, practiceName, sites }: Packet, title: string): void {
  sheet.page();
  const width = sheet.width - 2 * margin;
  let y = margin;
  y += sheet.text(title, { x: margin, y, width, size: 20, least: 12, lines: 2, weight: 'bold' }) + 4;
  y += sheet.text(practiceName, { x: margin, y, width, size: 12 }) + 12;
  const words = [
    `The schedule as it stood at ${madeText}. What was booked, moved or cancelled since is not here.`,
    'Work from these sheets while the office is away. Write new visits and changes on the last page, and type them in afterwards.',
  ];
  for (const text of words) y += sheet.text(text, { x: margin, y, width, size: 11, lines: 3 }) + 6;
  for (const day of days) {
    y += sheet.text(longDate(day.date), { x: margin, y: y + 6, width, size: 12, weight: 'bold' }) + 10;
    for (const one of day.sheets) {
      const text = `${one.physician}: ${countText(one.visitCount)}, ${one.hours}`;
      if (y > sheet.bottom - 60) break;
      y += sheet.text(text, { x: margin, y, width, size: 10 }) + 2;
    }
  }
  const phones = sites
    .filter((site) => site.phone !== '')
    .map((site) => `${site.name} ${usPhone(site.phone)}`);
  if (phones.length > 0)
    sheet.text(`Our phones: ${phones.join(', ')}`, { x: margin, y: y + 10, width, size: 10, lines: 2 });
}

function drawBlank(sheet: Sheet): void {
  sheet.page();
  sheet.text('Made while the office was away', {
    x: margin,
    y: margin,
    width: sheet.width - 2 * margin,
    size: 15,
    weight: 'bold',
  });
  drawTable(sheet, {
    columns: [
      { heading: 'Patient, birth date', width: 190 },
      { heading: 'Phone', width: 110 },
      { heading: 'With', width: 90 },
      { heading: 'Day and time', width: 110 },
      { heading: 'Reason, or what changed', width: 160 },
      { heading: 'Typed in', width: 60 },
    ],
    rows: Array.from({ length: blankRows }, () => ['', '', '', '', '', '']),
    top: margin + 28,
    nextPage: () => margin,
    leastHeight: 31,
  });
}
