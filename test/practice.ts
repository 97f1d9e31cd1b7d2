import { registerPatients } from '../src/features/patients/commands.ts';
import { addSite, addStaff } from '../src/features/practice/commands.ts';
import { addResource, addVisitType } from '../src/features/schedule/setup/commands.ts';
import { replaceWeek } from '../src/features/schedule/setup/hours/commands.ts';
import type { Tx } from '../src/platform/db/transaction.ts';
import type { TestPractice } from './office.ts';

export type TestSchedule = {
  /** The practice's first site, and one in Denver. */
  main: string;
  west: string;
  /** Dr. Lee works at the first site, Dr. Okoye there and on Fridays in the west. Mon to Fri, 8 to 12 and 1 to 5. */
  lee: string;
  okoye: string;
  room1: string;
  room2: string;
  /** One ultrasound at the first site. */
  ultrasound: string;
  /** Nobody in particular: three at once. */
  nurses: string;
  /** 15 minutes, a physician alone. */
  followUp: string;
  /** 30 minutes (40 with Dr. Okoye), any room. */
  newPatient: string;
  /** 30 minutes, a room and the ultrasound; 5 minutes to clean after it. */
  scan: string;
  patients: string[];
};

/** A small practice that can be booked: two sites, physicians, rooms, a device, visit types, hours, people. */
export async function setUpSchedule(practice: TestPractice, people = 6): Promise<TestSchedule> {
  return practice.tx(async (tx) => {
    const main = practice.siteId;
    const west = await addSite(tx, { name: 'West Office', timeZone: 'America/Denver' });
    const lee = await addPhysician(tx, 'Lee', [[main, [1, 2, 3, 4, 5]]]);
    const okoye = await addPhysician(tx, 'Okoye', [
      [main, [1, 2, 3, 4]],
      [west, [5]],
    ]);
    const nurses = await addPhysician(tx, 'Nurses', [[main, [1, 2, 3, 4, 5]]], 3);
    const room1 = await addResource(tx, { kind: 'room', name: 'Room 1', siteId: main });
    const room2 = await addResource(tx, { kind: 'room', name: 'Room 2', siteId: main });
    await addResource(tx, { kind: 'room', name: 'West Room', siteId: west });
    const ultrasound = await addResource(tx, { kind: 'device', name: 'Ultrasound', siteId: main });
    const followUp = await addVisitType(tx, { name: 'Follow-up', code: 'fu', minutes: 15 });
    const newPatient = await addVisitType(tx, {
      name: 'New patient',
      code: 'np',
      minutes: 30,
      minutesByPhysician: { [okoye]: 40 },
      needs: [{ kind: 'room' }],
    });
    const scan = await addVisitType(tx, {
      name: 'Ultrasound',
      code: 'us',
      minutes: 30,
      bufferAfterMinutes: 5,
      needs: [{ kind: 'room' }, { kind: 'device', resourceIds: [ultrasound] }],
    });
    const patients = await addPeople(tx, people);
    return { main, west, lee, okoye, nurses, room1, room2, ultrasound, followUp, newPatient, scan, patients };
  });
}

/** Physicians of the first site, Monday to Friday. */
export async function addPhysician(
  tx: Tx,
  familyName: string,
  at: [siteId: string, weekdays: number[]][],
  capacity = 1,
): Promise<string> {
  const displayName = familyName === 'Nurses' ? 'Nurses' : `Dr. ${familyName}`;
  const staffId = await addStaff(tx, { givenName: 'Kim', familyName, displayName, kind: 'physician' });
  const resourceId = await addResource(tx, { kind: 'physician', name: displayName, staffId, capacity });
  const rows = at.flatMap(([siteId, weekdays]) =>
    weekdays.flatMap((weekday) => [
      { weekday, siteId, startsLocal: '08:00', endsLocal: '12:00' },
      { weekday, siteId, startsLocal: '13:00', endsLocal: '17:00' },
    ]),
  );
  await replaceWeek(tx, resourceId, { version: 1, from: '2026-01-01', rows });
  return resourceId;
}

/** People with phone and address, `Test, Person 1` and so on. */
export async function addPeople(tx: Tx, count: number): Promise<string[]> {
  const made = await registerPatients(
    tx,
    Array.from({ length: count }, (_, i) => ({
      familyName: 'Test',
      givenName: `Person ${i + 1}`,
      phones: [{ kind: 'mobile' as const, number: '+12125550123' }],
      addresses: [
        { kind: 'home' as const, line1: '1 Elm Street', city: 'Albany', state: 'NY', zip: '12207' },
      ],
    })),
  );
  return made.map((one) => one.patientId);
}
