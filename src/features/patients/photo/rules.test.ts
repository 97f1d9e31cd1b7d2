import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cleanImage } from './rules.ts';

const text = (words: string) => Buffer.from(words, 'latin1');
const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
/** What the parser of a JPEG walks over; the coded data holds a stuffed byte and a restart. */
function jpeg({ width = 64, height = 48, exif = true, tail = '' } = {}): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, text('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    ...(exif ? [segment(0xe1, text('Exif\0\0 GPS 42.65N 73.75W')), segment(0xfe, text('my phone'))] : []),
    segment(0xdb, Buffer.alloc(65)),
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    text(tail),
  ]);
}

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([text(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};
function png(size = 40): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 0], 8);
  return Buffer.concat([
    text('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', head),
    chunk('tEXt', text('Author\0someone')),
    chunk('eXIf', text('GPS')),
    chunk('IDAT', deflateSync(Buffer.alloc(size * (size + 1)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function webp(): Buffer {
  const part = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const extended = Buffer.from([0x2c, 0, 0, 0, 99, 0, 0, 79, 0, 0]);
  const body = Buffer.concat([
    part('VP8X', extended),
    part('ICCP', text('profile')),
    part('VP8 ', Buffer.alloc(20)),
    part('EXIF', text('GPS 42.65N')),
  ]);
  const head = Buffer.alloc(12);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  head.write('WEBP', 8, 'latin1');
  return Buffer.concat([head, body]);
}

const told = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');

describe('a picture that comes in', () => {
  it.each([
    ['JPEG', jpeg(), 'image/jpeg', 64, 48],
    ['PNG', png(), 'image/png', 40, 40],
    ['WebP', webp(), 'image/webp', 100, 80],
  ])(
    'a %s is known by its content and loses what it tells beside the picture',
    (_, bytes, mime, width, height) => {
      const clean = cleanImage(bytes);
      expect(clean).toMatchObject({ mime, width, height });
      expect(told(clean?.bytes)).not.toMatch(/GPS|my phone|someone|profile|eXIf|EXIF/);
      // Clean is clean: a second time changes nothing
      expect(
        Buffer.from(cleanImage(clean?.bytes ?? new Uint8Array())?.bytes ?? []).equals(
          clean?.bytes ?? Buffer.alloc(0),
        ),
      ).toBe(true);
    },
  );

  it('loses what hangs behind its end', () => {
    expect(told(cleanImage(jpeg({ tail: '<script>alert(1)</script>' }))?.bytes)).not.toContain('script');
  });

  it('marks that there is no more metadata', () => {
    expect(cleanImage(webp())?.bytes[20]).toBe(0);
  });

  it.each([
    ['is no picture', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['is a GIF', text('GIF89a')],
    ['is cut', jpeg().subarray(0, 120)],
    ['is too small', jpeg({ width: 8 })],
    ['is too large', jpeg({ height: 4000 })],
    ['is empty', Buffer.alloc(0)],
    ['moves', Buffer.concat([png().subarray(0, 33), chunk('acTL', Buffer.alloc(8)), png().subarray(33)])],
  ])('is refused when it %s', (_, bytes) => {
    expect(cleanImage(bytes)).toBeNull();
  });

  it('never throws, whatever the bytes', () => {
    const whole = [jpeg(), png(), webp()];
    for (const bytes of whole)
      for (let at = 0; at < bytes.length; at += 3) {
        const broken = Buffer.from(bytes);
        broken[at] = (broken[at] ?? 0) ^ 0xff;
        expect(() => cleanImage(broken)).not.toThrow();
        expect(() => cleanImage(bytes.subarray(0, at))).not.toThrow();
      }
  });
});
