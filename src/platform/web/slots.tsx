import { createContext, type ReactNode, useContext } from 'react';

/** What the shell lends to pages: the line for their headers, and ways to open the line and the help. */
export type Slots = {
  line: ReactNode;
  /** Open the line, with words already in it. */
  openLine(words?: string): void;
  openHelp(): void;
  /** What other parts of the office show on a person's page. */
  chart(patientId: string): ReactNode;
};

const SlotsContext = createContext<Slots>({
  line: null,
  openLine: () => undefined,
  openHelp: () => undefined,
  chart: () => null,
});

export const SlotsProvider = SlotsContext.Provider;

export function useSlots(): Slots {
  return useContext(SlotsContext);
}
