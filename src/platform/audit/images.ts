import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonicalJson } from './chain.ts';
import { packedWords } from './packed-words.ts';

/** What a record was before and became: the fields of a row, by name. */
type Image = Record<string, unknown> | null;
export type Images = { before: Image; after: Image };

/** What one record tells of several subjects at once: the image of each by its id. */
export const bySubject = (images: Record<string, unknown>) => ({ bySubject: images });

function partOf(image: Image, subjectId: string): Image {
  if (typeof image?.bySubject !== 'object') return image;
  const part = Object(image.bySubject)[subjectId];
  return typeof part === 'object' ? part : null;
}

/** Of a record about several subjects, what it tells of this one. */
export function imagesAbout({ before, after }: Images, subjectId: string): Images {
  return { before: partOf(before, subjectId), after: partOf(after, subjectId) };
}

/** As the table holds them: long ones packed, and then nothing beside. */
export type StoredImages = Images & { packed: Uint8Array | null };

/** Below so many characters packing would gain little, and the table stays readable by itself. */
const worthPacking = 200;
const mostBytes = 8 * 1024 * 1024;

/**
 * Pack images whose JSON is long: one byte for the version of the words, then raw deflate (RFC 1951) of
 * `[before, after]` with those words as its dictionary.
 */
export function packImages({ before, after }: { before: unknown; after: unknown }) {
  const text = canonicalJson([before ?? null, after ?? null]);
  if (text.length < worthPacking) return { before, after, packed: null };
  const version = packedWords.length;
  const body = deflateRawSync(text, { dictionary: packedWords[version - 1] });
  return { before: null, after: null, packed: Buffer.concat([Buffer.of(version), body]) };
}

/** @throws Error where the packed bytes are not what `packImages` made */
export function imagesOf({ before, after, packed }: StoredImages): Images {
  if (packed === null) return { before, after };
  const dictionary = packedWords[(packed[0] ?? 0) - 1];
  if (!dictionary || before !== null || after !== null) throw new Error('These are no packed images.');
  const text = inflateRawSync(packed.subarray(1), { dictionary, maxOutputLength: mostBytes }).toString();
  const [was, became]: Image[] = JSON.parse(text);
  return { before: was ?? null, after: became ?? null };
}

/** As imagesOf, for people who look: what cannot be read says so, and leaves the rest of the list to be seen. */
export function shownImages(stored: StoredImages): Images {
  try {
    return imagesOf(stored);
  } catch {
    return {
      before: null,
      after: { audit: 'This record was changed and cannot be read. Verify the audit.' },
    };
  }
}
