/** A picture as it may be kept: what it is by its content, its size, and its bytes without any metadata. */
export type CleanImage = {
  mime: 'image/jpeg' | 'image/png' | 'image/webp';
  width: number;
  height: number;
  bytes: Uint8Array;
};

export const mostBytes = 200_000;
export const mostPixels = 1024;
const leastPixels = 32;

/**
 * Read a JPEG, PNG or WebP by its content, never by its name, and write it anew with only the parts that draw it:
 * EXIF (place and time of the picture), XMP, comments, color profiles, thumbnails, and whatever hangs behind its end
 * are left out. Animations are refused.
 * @returns null for what is none of the three, is cut, too small or too large
 */
export function cleanImage(bytes: Uint8Array): CleanImage | null {
  if (bytes.length > 4 * mostBytes) return null;
  const image = cleanJpeg(bytes) ?? cleanPng(bytes) ?? cleanWebp(bytes);
  if (!image || image.bytes.length > mostBytes) return null;
  const sizes = [image.width, image.height];
  return sizes.every((one) => one >= leastPixels && one <= mostPixels) ? image : null;
}

const u16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const u32 = (bytes: Uint8Array, at: number) => u16(bytes, at) * 65_536 + u16(bytes, at + 2);
const le24 = (bytes: Uint8Array, at: number) =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
const le32 = (bytes: Uint8Array, at: number) => le24(bytes, at) + (bytes[at + 3] ?? 0) * 16_777_216;
const ascii = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length));

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// ITU T.81 B.1.1.3: frames (baseline, extended, progressive), tables, scans; APP0 JFIF and APP14 Adobe say the colors.
const frames = new Set([0xc0, 0xc1, 0xc2]);
const kept = new Set([0xc4, 0xdb, 0xdd, 0xe0, 0xee]);

function cleanJpeg(bytes: Uint8Array): CleanImage | null {
  if (u16(bytes, 0) !== 0xffd8) return null;
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  for (let at = 2; at + 4 <= bytes.length || u16(bytes, at) === 0xffd9; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) {
      if (!size) return null;
      parts.push(bytes.subarray(at, at + 2));
      return { mime: 'image/jpeg', ...size, bytes: join(parts) };
    }
    const length = u16(bytes, at + 2);
    const isScan = marker === 0xda;
    const end = isScan ? endOfScan(bytes, at + 2 + length) : at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    if (frames.has(marker)) size = { height: u16(bytes, at + 5), width: u16(bytes, at + 7) };
    if (isScan || frames.has(marker) || kept.has(marker)) parts.push(bytes.subarray(at, end));
    else if (marker < 0xe0) return null;
    at = end;
  }
  return null;
}

/** Coded data ends at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length + 1;
}

const pngParts = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'sRGB', 'gAMA', 'cHRM']);

function cleanPng(bytes: Uint8Array): CleanImage | null {
  if (ascii(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n' || ascii(bytes, 12, 4) !== 'IHDR') return null;
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = ascii(bytes, at + 4, 4);
    const end = at + 12 + u32(bytes, at);
    if (end > bytes.length || type === 'acTL') return null;
    if (pngParts.has(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IEND')
      return { mime: 'image/png', width: u32(bytes, 16), height: u32(bytes, 20), bytes: join(parts) };
    at = end;
  }
  return null;
}

// VP8X flags: ICC 0x20, alpha 0x10, EXIF 0x08, XMP 0x04, animation 0x02 (developers.google.com/speed/webp)
const alphaOnly = 0x10;

function cleanWebp(bytes: Uint8Array): CleanImage | null {
  if (ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 4) !== 'WEBP') return null;
  const parts: Uint8Array[] = [];
  let size: { width: number; height: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = ascii(bytes, at, 4);
    const length = le32(bytes, at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > bytes.length || type === 'ANIM' || type === 'ANMF') return null;
    const part = bytes.slice(at, end);
    if (type === 'VP8X') part[8] = (part[8] ?? 0) & alphaOnly;
    size = size ?? webpSize(type, part);
    if (['VP8X', 'VP8 ', 'VP8L', 'ALPH'].includes(type)) parts.push(part);
    at = end;
  }
  if (!size || parts.length === 0) return null;
  const body = join(parts);
  const head = new Uint8Array(12);
  head.set(bytes.subarray(0, 12));
  new DataView(head.buffer).setUint32(4, body.length + 4, true);
  return { mime: 'image/webp', ...size, bytes: join([head, body]) };
}

function webpSize(type: string, part: Uint8Array): { width: number; height: number } | null {
  if (type === 'VP8X') return { width: le24(part, 12) + 1, height: le24(part, 15) + 1 };
  if (type === 'VP8 ') return { width: le24(part, 14) & 0x3fff, height: le24(part, 16) & 0x3fff };
  if (type !== 'VP8L') return null;
  const bits = le32(part, 9);
  return { width: (bits & 0x3fff) + 1, height: (Math.floor(bits / 16_384) & 0x3fff) + 1 };
}
