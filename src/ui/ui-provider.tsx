import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import './tokens.css';
import './kit.css';
import './frame.css';
import './states.css';
import './dialogs.css';
import './fields.css';
import './data-table.css';
import { MantineProvider, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { ConfirmProvider } from './confirm.tsx';
import { SpeakProvider } from './live-region.tsx';
import { theme } from './theme.ts';
import { ToastProvider } from './toast.tsx';

export type UiProviderProps = {
  children: ReactNode;
  /** How long an action can be undone by key, after its note has gone. */
  undoMinutes?: number;
};

/** Everything the pieces of the kit need around them: look, spoken changes, notes with undo, questions. */
export function UiProvider({ children, undoMinutes = 5 }: UiProviderProps) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
    >
      <SpeakProvider>
        <ToastProvider undoMinutes={undoMinutes}>
          <ConfirmProvider>{children}</ConfirmProvider>
        </ToastProvider>
      </SpeakProvider>
    </MantineProvider>
  );
}

export type Scheme = 'light' | 'dark' | 'auto';

/** The color scheme: what is chosen, what is shown now, and how to change it. */
export function useScheme(): { chosen: Scheme; shown: 'light' | 'dark'; set: (scheme: Scheme) => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  return { chosen: colorScheme, shown, set: setColorScheme };
}
