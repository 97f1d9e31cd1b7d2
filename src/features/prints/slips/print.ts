import { avery5371, spotOf } from '../../../pdf/labels.ts';
import { margin, Sheet } from '../../../pdf/sheet.ts';
import type { Card, Slip } from './rules.ts';

type Options = { title: string; foot: string; madeAt: Date };

const steps = [
  ['Checked in', 'Forms signed', 'Coverage checked', 'Copay'],
  ['Roomed', 'Vitals', 'Medicines reviewed', 'Allergies reviewed'],
];
const blanks = ['Diagnoses', 'Done today', 'Orders and referrals', 'Next visit: when, with whom, how long'];

/** A page a visit, that goes along with the patient from desk to desk. */
export async function drawSlips(slips: readonly Slip[], options: Options): Promise<Buffer> {
  const sheet = new Sheet(options);
  for (const slip of slips) drawSlip(sheet, slip);
  return sheet.finish();
}

function drawSlip(sheet: Sheet, { patient, facts, alerts }: Slip): void {
  sheet.page();
  const width = sheet.width - 2 * margin;
  sheet.text('Routing slip', { x: margin, y: margin, width, size: 9.5, gray: true });
  let y = margin + 14;
  y += sheet.text(patient, { x: margin, y, width, size: 20, least: 13, lines: 2, weight: 'bold' }) + 8;
  for (const [label, text] of facts) {
    sheet.text(label, { x: margin, y: y + 1, width: 70, size: 8.5, gray: true });
    y += sheet.text(text, { x: margin + 76, y, width: width - 76, size: 10.5, lines: 4 }) + 4;
  }
  if (alerts.length > 0) y = drawAlerts(sheet, alerts, y + 4);
  y = drawSteps(sheet, y + 8);
  drawBlanks(sheet, y + 6);
}

function drawAlerts(sheet: Sheet, alerts: readonly string[], top: number): number {
  const width = sheet.width - 2 * margin;
  let y = top + 6;
  for (const alert of alerts)
    y +=
      sheet.text(`⚠ ${alert}`, {
        x: margin + 8,
        y,
        width: width - 16,
        size: 10.5,
        lines: 3,
        weight: 'bold',
      }) + 2;
  sheet.box(margin, top, width, y + 4 - top);
  return y + 8;
}

function drawSteps(sheet: Sheet, top: number): number {
  const width = (sheet.width - 2 * margin) / 4;
  steps.forEach((row, down) => {
    row.forEach((step, across) => {
      const [x, y] = [margin + across * width, top + down * 20];
      sheet.box(x, y, 10, 10);
      sheet.text(step, { x: x + 15, y: y - 1, width: width - 20, size: 9.5 });
    });
  });
  return top + steps.length * 20;
}

/** The rest of the page is for handwriting, in equal parts. */
function drawBlanks(sheet: Sheet, top: number): void {
  const height = Math.min(130, (sheet.bottom - top) / blanks.length);
  blanks.forEach((blank, index) => {
    const y = top + index * height;
    sheet.line([margin, y], [sheet.width - margin, y]);
    sheet.text(blank, { x: margin, y: y + 4, width: sheet.width - 2 * margin, size: 8.5, gray: true });
  });
}

/** Ten to a sheet; edges are not drawn, since the sheet is perforated. */
export async function drawCards(
  cards: readonly Card[],
  { start, ...options }: Omit<Options, 'foot'> & { start: number },
): Promise<Buffer> {
  const sheet = new Sheet({ ...options, foot: null });
  cards.forEach((card, index) => {
    const spot = spotOf(avery5371, index, start);
    if (index === 0 || (spot.x === avery5371.left && spot.y === avery5371.top)) sheet.page();
    drawCard(sheet, card, spot);
  });
  return sheet.finish();
}

const inset = 14;

function drawCard(
  sheet: Sheet,
  { patient, when, time, lines }: Card,
  { x, y }: { x: number; y: number },
): void {
  const room = { x: x + inset, width: avery5371.width - 2 * inset };
  let at = y + inset;
  at += sheet.text(patient, { ...room, y: at, size: 11, least: 8 }) + 3;
  at += sheet.text(`${when}, ${time}`, { ...room, y: at, size: 14, least: 10, weight: 'bold' }) + 5;
  for (const line of lines) at += sheet.text(line, { ...room, y: at, size: 9, least: 7, lines: 2 }) + 1;
}
