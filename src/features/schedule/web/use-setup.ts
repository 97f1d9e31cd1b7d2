import { useMemo } from 'react';
import { useRead } from '../../../platform/web/use-office.ts';
import { getSetup } from '../setup/api.ts';
import type { SetupSummary } from '../setup/schema.ts';
import type { Option } from './pick-input.tsx';

const nothing: SetupSummary = { sites: [], physicians: [], rooms: [], devices: [], visitTypes: [] };

/** Sites, physicians and visit types in use, for choosing. */
export function useSetup() {
  const { data, error } = useRead(getSetup, {}, { topics: ['setup'] });
  const setup = data ?? nothing;
  const physicians = useMemo<Option[]>(
    () => setup.physicians.map((one) => ({ id: one.resourceId, label: one.name })),
    [setup],
  );
  const types = useMemo<Option[]>(
    () => setup.visitTypes.map((one) => ({ id: one.visitTypeId, label: one.name, code: one.code })),
    [setup],
  );
  return { setup, physicians, types, ready: data !== undefined, error };
}

/** The visit type booked last at this desk: most calls of an hour are of one kind. */
let lastType: string | undefined;

export function rememberType(visitTypeId: string): void {
  lastType = visitTypeId;
}

/** The wanted type if the physician does it, else the last one booked, else the first. */
export function startingType(setup: SetupSummary, physicianId?: string, wanted?: string): string {
  const does = setup.visitTypes.filter(
    (type) => !physicianId || type.physicianIds.length === 0 || type.physicianIds.includes(physicianId),
  );
  const known = [wanted, lastType].find((id) => does.some((type) => type.visitTypeId === id));
  return known ?? (does.find(isFollowUp) ?? does[0])?.visitTypeId ?? '';
}

/** Offices call it in many ways; the code or the name gives it away. */
export function isFollowUp(type: { code: string; name: string }): boolean {
  return /^(fu|f|est|rv)$/.test(type.code) || /follow|return|recheck|established/i.test(type.name);
}
