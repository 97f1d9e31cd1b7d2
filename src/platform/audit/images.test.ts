import { describe, expect, it } from 'vitest';
import { imagesOf, packImages, shownImages } from './images.ts';

const long = { familyName: 'Nguyễn', note: 'x'.repeat(300), phones: [{ number: '+16175550100' }] };

describe('what a record was and became', () => {
  it('stays readable in the table where it is short', () => {
    expect(packImages({ before: undefined, after: { n: 1 } })).toMatchObject({
      packed: null,
      after: { n: 1 },
    });
  });

  it('is packed where it is long, and comes back the same', () => {
    const stored = packImages({ before: { note: '' }, after: long });
    expect(stored).toMatchObject({ before: null, after: null });
    expect(stored.packed?.length).toBeLessThan(150);
    expect(imagesOf({ before: null, after: null, packed: stored.packed })).toEqual({
      before: { note: '' },
      after: long,
    });
  });

  it.each([
    ['other bytes', (bytes: Buffer) => bytes.fill(7, 3)],
    ['no bytes', () => Buffer.alloc(0)],
    ['words of a version that does not exist', (bytes: Buffer) => bytes.fill(200, 0, 1)],
  ])('%s are no images, and a list says so in their place', (_, change) => {
    const { packed } = packImages({ before: null, after: long });
    const stored = { before: null, after: null, packed: change(Buffer.from(packed ?? [])) };
    expect(() => imagesOf(stored)).toThrow();
    expect(shownImages(stored).after).toHaveProperty('audit');
  });

  it('an image beside packed ones is refused: it was put there', () => {
    const { packed } = packImages({ before: null, after: long });
    expect(() => imagesOf({ before: { n: 1 }, after: null, packed })).toThrow();
  });
});
