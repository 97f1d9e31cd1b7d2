import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Covers, readCoverage } from './coverage.ts';

/** Inter, with all Latin letters, Vietnamese, Greek and Cyrillic. Only the glyphs in use are embedded. */
export type Weight = 'regular' | 'bold';

const files: Record<Weight, string> = {
  regular: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  bold: '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
};

export type Fonts = Record<Weight, Buffer> & { covers: Covers };

let loaded: Fonts | undefined;

/** The fonts, read once. They lie in the package's folder, from source and from the bundle alike. */
export function loadFonts(): Fonts {
  if (loaded) return loaded;
  const { resolve } = createRequire(import.meta.url);
  const regular = readFileSync(resolve(files.regular));
  const bold = readFileSync(resolve(files.bold));
  const ofRegular = readCoverage(regular);
  const ofBold = readCoverage(bold);
  loaded = { regular, bold, covers: (codePoint) => ofRegular(codePoint) && ofBold(codePoint) };
  return loaded;
}
