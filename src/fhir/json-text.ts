import { findJsonFault, type JsonFault } from './json-faults.ts';
import { fhirPath } from './resources.ts';

/** A JSON text as it was read, or why it could not be: never with a value of it. */
export type ReadJson = { text: string; value: unknown } | { fault: JsonFault };

const strict = { fatal: true, ignoreBOM: true };

/** @param cut the file or line ended before the text did, or may have */
export function readJson(bytes: Uint8Array, cut?: 'file' | 'line'): ReadJson {
  const text = decode(bytes, cut !== undefined);
  if (text === undefined) return { fault: faultBefore(lenient(bytes), '\uFFFD', notUtf8) };
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    // The parser's own message repeats what stands there.
    if (text.includes('\0')) return { fault: faultBefore(text, '\0', 'holds a NUL character') };
    return { fault: findJsonFault(text, cut) ?? { path: '', what: 'is not JSON' } };
  }
}

const notUtf8 = 'holds bytes that are not UTF-8: save the file as UTF-8 and import it again';

export const lenient = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function decode(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    // A letter of several bytes may be what was cut.
    return new TextDecoder('utf-8', strict).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

function faultBefore(text: string, sign: string, what: string): JsonFault {
  const before = text.slice(0, text.indexOf(sign));
  return { path: findJsonFault(before, 'file')?.path ?? '', what };
}

const halfCharacter = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The first text inside a value that no database stores: with a NUL, or half a character (a lone surrogate). */
export function findUnstorable(value: unknown): JsonFault | undefined {
  const open: { value: unknown; path: PropertyKey[] }[] = [{ value, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: one, path } = next;
    if (typeof one === 'string') {
      const what = one.includes('\0')
        ? 'holds a NUL character'
        : halfCharacter.test(one)
          ? 'holds half a character'
          : undefined;
      if (what) return { path: fhirPath(path), what };
    } else if (Array.isArray(one)) {
      for (let at = one.length - 1; at >= 0; at -= 1) open.push({ value: one[at], path: [...path, at] });
    } else if (typeof one === 'object' && one !== null) {
      const members = Object.entries(one).reverse();
      for (const [key, member] of members) open.push({ value: member, path: [...path, key] });
    }
  }
  return undefined;
}

/** Why the beginning of a file shows that it is no JSON in UTF-8, whatever its ending says. */
export function strangeBeginning(head: Uint8Array): string | undefined {
  const [first = -1, second = -1, third = -1] = head;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // `{` in two or four bytes; a byte of nothing at the beginning.
  if (isWide || first === 0 || (first === 0x7b && second === 0)) {
    return 'is not UTF-8 (it looks like UTF-16): save the file as UTF-8 and import it again';
  }
  if ((first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b && third < 9)) {
    return 'is a packed file: unpack it and import what is in it';
  }
  return undefined;
}
