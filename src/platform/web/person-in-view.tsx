import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

/** The person someone is dealing with: stays in view from page to page until let go. Kept in memory only. */
export type PersonInView = {
  patientId: string | undefined;
  show(patientId: string): void;
  letGo(): void;
};

const PersonContext = createContext<PersonInView | undefined>(undefined);

/** @throws outside PersonProvider */
export function usePerson(): PersonInView {
  const person = useContext(PersonContext);
  if (!person) throw new Error('usePerson needs a PersonProvider around it.');
  return person;
}

export function PersonProvider({ children }: { children: ReactNode }) {
  const [patientId, setPatientId] = useState<string>();
  const letGo = useCallback(() => setPatientId(undefined), []);
  const value = useMemo(() => ({ patientId, show: setPatientId, letGo }), [patientId, letGo]);
  return <PersonContext value={value}>{children}</PersonContext>;
}
