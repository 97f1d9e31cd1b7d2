import PDFDocument from 'pdfkit';
import { fitText } from './fit.ts';
import { loadFonts, type Weight } from './fonts.ts';
import { missingLetter, shownLetters } from './letters.ts';

/** US Letter in points (72 to the inch). */
export const letter = { width: 612, height: 792 } as const;

export type SheetOptions = {
  /** Shown by the viewer and kept in the file; never a patient's name. */
  title: string;
  madeAt: Date;
  landscape?: boolean;
  /** At the foot of every page, left; the page's number stands at the right. null: no foot (labels). */
  foot: string | null;
  /** Who opens the file is asked for it (AES-256). Left out: anyone who can read the file. */
  password?: string;
};

/** Where a text stands: its upper left corner and the room it has, in points from the page's upper left. */
export type Place = {
  x: number;
  y: number;
  width: number;
  size?: number;
  /** The smallest that it may shrink to; left out: four fifths of the size. */
  least?: number;
  lines?: number;
  weight?: Weight;
  align?: 'left' | 'right' | 'center';
  gray?: boolean;
};

/** Several: each begins a line. */
export type Text = string | readonly string[];

export const margin = 36;
const footHeight = 24;
const lineHeight = 1.28;
const dim = '#55605d';
const ink = '#141a18';

/** Pages of Letter with embedded fonts; what is drawn is text that can be selected, searched and copied. */
export class Sheet {
  readonly width: number;
  readonly height: number;
  private readonly doc: PDFKit.PDFDocument;
  private readonly fonts = loadFonts();
  private readonly chunks: Buffer[] = [];
  private readonly ended: Promise<void>;
  private readonly foot: string | null;
  private readonly widths = new Map<string, number>();
  /** Pages on which a box stands for a letter. */
  private readonly lacking = new Set<number>();
  private pages = 0;

  constructor(options: SheetOptions) {
    const { landscape = false, title, madeAt, password } = options;
    this.width = landscape ? letter.height : letter.width;
    this.height = landscape ? letter.width : letter.height;
    this.foot = options.foot;
    this.doc = new PDFDocument({
      size: 'LETTER',
      layout: landscape ? 'landscape' : 'portrait',
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      lang: 'en-US',
      displayTitle: true,
      info: { Title: title, Creator: 'Frontdesk', CreationDate: madeAt },
      ...(password ? { userPassword: password, pdfVersion: '1.7ext3' } : {}),
    });
    this.doc.registerFont('regular', this.fonts.regular);
    this.doc.registerFont('bold', this.fonts.bold);
    this.doc.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    this.ended = new Promise((resolve, reject) => {
      this.doc.on('end', resolve);
      this.doc.on('error', reject);
    });
  }

  /** The last y that a page's own text may reach. */
  get bottom(): number {
    return this.height - margin - (this.foot === null ? 0 : footHeight);
  }

  page(): void {
    this.doc.addPage();
    this.pages += 1;
  }

  /** Draw a text, or several below each other, in its room. @returns the height that it takes */
  text(text: Text, place: Place): number {
    const { lines, size } = this.fitted(text, place);
    this.doc
      .font(place.weight ?? 'regular')
      .fontSize(size)
      .fillColor(place.gray ? dim : ink);
    lines.forEach((line, index) => {
      const y = place.y + index * size * lineHeight;
      this.drawLine(line, place.x + this.indent(line, size, place), y);
      if (line.includes(missingLetter)) this.lacking.add(this.pages - 1);
    });
    return lines.length * size * lineHeight;
  }

  /** The height that a text would take. */
  heightOf(text: Text, place: Omit<Place, 'x' | 'y'>): number {
    const { lines, size } = this.fitted(text, place);
    return lines.length * size * lineHeight;
  }

  line(from: [number, number], to: [number, number], strong = false): void {
    this.doc
      .lineWidth(strong ? 0.9 : 0.4)
      .strokeColor(strong ? ink : '#8a938f')
      .moveTo(...from)
      .lineTo(...to)
      .stroke();
  }

  /** An outline, e.g. a box to tick or the edge of a card. */
  box(x: number, y: number, width: number, height: number): void {
    this.doc.lineWidth(0.6).strokeColor('#8a938f').rect(x, y, width, height).stroke();
  }

  /** The whole file. Nothing can be drawn after it. */
  async finish(): Promise<Buffer> {
    if (this.pages === 0) this.page();
    for (let page = 0; page < this.pages; page++) this.drawFoot(page);
    this.doc.end();
    await this.ended;
    return Buffer.concat(this.chunks);
  }

  private drawLine(line: string, x: number, y: number): void {
    // A mark that is drawn over its letter is read from the file as another one; what is meant is said beside it.
    const hasMarks = /\p{M}/u.test(line);
    if (hasMarks) this.doc.markContent('Span', { actual: line });
    this.doc.text(line, x, y, { lineBreak: false });
    if (hasMarks) this.doc.endMarkedContent();
  }

  private drawFoot(page: number): void {
    this.doc.switchToPage(page);
    const note = `${missingLetter} stands for a letter that this font lacks; the screen shows the whole name.`;
    const isLacking = this.lacking.has(page);
    const place = { x: margin, y: this.height - margin - 10, size: 7.5, least: 6, gray: true };
    const width = this.width - 2 * margin;
    if (this.foot === null) {
      // Labels and cards fill the sheet: the note stands in its upper margin, off the labels.
      if (isLacking) this.text(note, { ...place, y: 14, width });
      return;
    }
    this.line([margin, place.y - 5], [this.width - margin, place.y - 5]);
    const left = isLacking ? `${this.foot} · ${note}` : this.foot;
    this.text(left, { ...place, width: width - 80 });
    this.text(`Page ${page + 1} of ${this.pages}`, {
      ...place,
      x: this.width - margin - 76,
      width: 76,
      align: 'right',
    });
  }

  private fitted(text: Text, place: Omit<Place, 'x' | 'y'>) {
    const { weight = 'regular', size = 9.5, width, lines = 1 } = place;
    const least = place.least ?? size * 0.8;
    const parts = typeof text === 'string' ? [text] : text;
    const shown = parts
      .map((part) => shownLetters(part, this.fonts.covers).text)
      .filter((part) => part !== '')
      .join('\n');
    return fitText(shown, { width, lines, size, least }, (part) => this.measure(part, weight));
  }

  private indent(line: string, size: number, { align, width, weight = 'regular' }: Place): number {
    if (!align || align === 'left') return 0;
    const room = width - this.measure(line, weight) * size;
    return align === 'right' ? room : room / 2;
  }

  /** Width at font size 1. */
  private measure(text: string, weight: Weight): number {
    const key = `${weight} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    const width = this.doc.font(weight).fontSize(100).widthOfString(text) / 100;
    this.widths.set(key, width);
    return width;
  }
}
