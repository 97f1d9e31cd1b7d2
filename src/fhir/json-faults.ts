import { fhirPath } from './resources.ts';

/** What is wrong with a JSON text, and where: a FHIR path that begins with what stands before it. */
export type JsonFault = { path: string; what: string };

type Open = { isList: boolean; index: number; key: string; keys?: Set<string> };

const blanks = /[ \t\r\n]*/y;
const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Names of a hostile file may be anything, and long: only what could be FHIR's is repeated. */
const plainName = (key: string) => (key === '' || /^_?[A-Za-z][A-Za-z0-9]{0,63}$/.test(key) ? key : '…');

/**
 * The first fault of a text: where it stops being JSON, where it is cut off, or where a member stands there twice
 * (JSON.parse would keep the later one and say nothing).
 */
export function findJsonFault(text: string, cut?: 'file' | 'line'): JsonFault | undefined {
  const walk = new Walk(text);
  const what = walk.run();
  if (!what) return undefined;
  const ends = cut && what === 'is not JSON' && walk.isAtEnd;
  return { path: walk.path, what: ends ? `is cut off: the ${cut} ends here` : what };
}

class Walk {
  #text: string;
  #at = 0;
  #stack: Open[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get path(): string {
    const parts = this.#stack.map((open) => (open.isList ? open.index : plainName(open.key)));
    return fhirPath(parts.filter((part) => part !== '').slice(0, 20));
  }

  run(): string | undefined {
    for (;;) {
      const fault = this.#value();
      if (fault) return fault;
      const next = this.#afterValue();
      if (next === 'end') return undefined;
      if (next !== 'value') return next;
    }
  }

  #skip(): string {
    blanks.lastIndex = this.#at;
    blanks.test(this.#text);
    this.#at = blanks.lastIndex;
    return this.#text[this.#at] ?? '';
  }

  /** One value, or the beginning of one that holds others. */
  #value(): string | undefined {
    for (;;) {
      const sign = this.#skip();
      if (sign === '"') return this.#string() === undefined ? 'is not JSON' : undefined;
      if (sign !== '{' && sign !== '[') {
        word.lastIndex = this.#at;
        if (!word.test(this.#text)) return this.#isWordCut() ? this.#toEnd() : 'is not JSON';
        this.#at = word.lastIndex;
        // A number that is cut behind its point or its e.
        return /^(\.|[eE][+-]?)$/.test(this.#text.slice(this.#at, this.#at + 3)) ? this.#toEnd() : undefined;
      }
      this.#at += 1;
      this.#stack.push({ isList: sign === '[', index: 0, key: '' });
      const first = this.#skip();
      if (first === (sign === '[' ? ']' : '}')) return undefined;
      if (sign === '{') {
        const fault = this.#readKey();
        if (fault) return fault;
      }
    }
  }

  #isWordCut(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 6);
    return ['true', 'false', 'null', '-'].some((whole) => whole.startsWith(rest));
  }

  #toEnd(): string {
    this.#at = this.#text.length;
    return 'is not JSON';
  }

  /** Close what ends here; then the next value of what is open. */
  #afterValue(): string {
    for (;;) {
      const open = this.#stack.at(-1);
      const sign = this.#skip();
      if (!open) return sign === '' ? 'end' : 'is not JSON';
      if (sign === (open.isList ? ']' : '}')) {
        this.#at += 1;
        this.#stack.pop();
      } else if (sign === ',') {
        this.#at += 1;
        open.index += 1;
        if (open.isList) return 'value';
        return this.#readKey() ?? 'value';
      } else return 'is not JSON';
    }
  }

  #readKey(): string | undefined {
    const open = this.#stack.at(-1);
    if (!open) return 'is not JSON';
    open.key = '';
    if (this.#skip() !== '"') return 'is not JSON';
    const key = this.#string();
    if (key === undefined) return 'is not JSON';
    open.key = key;
    open.keys ??= new Set();
    if (open.keys.has(key)) return 'stands there twice';
    open.keys.add(key);
    if (this.#skip() !== ':') return 'is not JSON';
    this.#at += 1;
    return undefined;
  }

  /** @returns what the string says, or undefined where it is none */
  #string(): string | undefined {
    const from = this.#at;
    let end = from;
    for (;;) {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) {
        this.#at = this.#text.length;
        return undefined;
      }
      let slashes = 0;
      while (this.#text[end - 1 - slashes] === '\\') slashes += 1;
      if (slashes % 2 === 0) break;
    }
    try {
      const said: unknown = JSON.parse(this.#text.slice(from, end + 1));
      this.#at = end + 1;
      return typeof said === 'string' ? said : undefined;
    } catch {
      return undefined;
    }
  }
}
