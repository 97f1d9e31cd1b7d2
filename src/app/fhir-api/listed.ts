import { toPractitioner, toSiteLocation } from '../../features/practice/exchange/fhir.ts';
import { listStaffIdentifiers } from '../../features/practice/exchange/queries.ts';
import { listSites, listStaff } from '../../features/practice/queries.ts';
import { toRoomLocation, toSchedule } from '../../features/schedule/exchange/fhir.ts';
import { listResources } from '../../features/schedule/setup/queries.ts';
import type { Call } from './call.ts';

/** Who works here, where, and whose calendars there are: short lists, all in hand. */

export async function listPractitioners({ tx }: Call) {
  const known = await listStaffIdentifiers(tx.db);
  const staff = await listStaff(tx.db);
  return staff.map((one) =>
    toPractitioner(
      one,
      known.filter((other) => other.staffId === one.staffId),
    ),
  );
}

export async function listLocations({ tx }: Call) {
  const sites = await listSites(tx.db);
  const rooms = (await listResources(tx.db)).filter((one) => one.kind === 'room');
  return [...sites.map(toSiteLocation), ...rooms.map(toRoomLocation)];
}

export async function listSchedules({ tx, session }: Call) {
  const physicians = (await listResources(tx.db)).filter((one) => one.kind === 'physician');
  return physicians.map((one) => toSchedule(one, tx.now, session.timeZone));
}
