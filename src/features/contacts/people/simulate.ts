import { addDays, ageOn } from '../../../platform/calendar/dates.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import type { KeptLink } from './commands.ts';

/** Someone of the directory whom people may name. */
export type SimulatedDoctor = { contactId: string; kind: string; specialty: string };
/** The directory as people look for a doctor in it. */
export type Directory = { family: readonly string[]; children: readonly string[]; all: readonly string[] };

export function directoryOf(doctors: readonly SimulatedDoctor[]): Directory {
  const idsOf = (...specialties: string[]) =>
    doctors.filter((one) => specialties.includes(one.specialty)).map((one) => one.contactId);
  return {
    family: idsOf('Family medicine', 'Internal medicine'),
    children: idsOf('Pediatrics', 'Family medicine'),
    all: doctors.filter((one) => one.kind === 'physician').map((one) => one.contactId),
  };
}

type Person = {
  patientId: string;
  bornOn: string;
  /** the same for all of a household: they go to one doctor */
  household: string;
};

/**
 * Who treats an invented person elsewhere, and who sent them here: for four of five the one, for a third the other.
 * @param share of that; records that came from another system say less
 */
export function inventLinks(
  random: Random,
  { patientId, bornOn, household }: Person,
  { directory, today, share }: { directory: Directory; today: string; share: number },
): KeptLink[] {
  const fitting = ageOn(bornOn, today) < 18 ? directory.children : directory.family;
  const links: KeptLink[] = [];
  const link = (role: KeptLink['role'], contactId: string, daysAgo: number) => {
    const since = addDays(today, -daysAgo);
    links.push({ patientId, contactId, role, since: since < bornOn ? bornOn : since });
  };
  const doctor = fitting.length > 0 ? seeded('doctor', household).pick(fitting) : undefined;
  const has = random.chance(0.8 * share);
  const isSent = random.chance(0.33 * share);
  const bySame = random.chance(0.6);
  if (doctor && has) link('primary_care', doctor, random.between(30, 4000));
  if (!isSent || directory.all.length === 0) return links;
  const referring = doctor && has && bySame ? doctor : random.pick(directory.all);
  link('referring', referring, random.between(0, 20));
  return links;
}
