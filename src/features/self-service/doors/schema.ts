import type { Fields } from '../html/rules.ts';

/** Who stands before us, proved: what every further form carries (the link, the pass, the language). */
export type Known = { fields: Fields };
