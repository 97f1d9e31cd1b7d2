import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep teal, 0 lightest to 9 darkest; 7 is the accent of the tokens. */
const teal: MantineColorsTuple = [
  '#e9f4f2',
  '#d3e8e5',
  '#a9d2cd',
  '#7cbab4',
  '#57a6a0',
  '#379089',
  '#1d7d78',
  '#0e6b68',
  '#0a5653',
  '#07403e',
];

/**
 * What Mantine's scripts need to know. Colors, fonts and radius come from tokens.css, which names Mantine's own
 * CSS variables, so that a switch of scheme costs no script.
 */
export const theme = createTheme({
  colors: { teal },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  defaultRadius: 'var(--radius)',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: 'var(--font)',
});
