import type { Appointment, Bundle, Patient } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Asked,
  form,
  listOf,
  openProgram,
  type Program,
  parameters,
  patch,
  post,
  put,
} from '../../../test/fhir/program.ts';
import { type RoleKey, roleKeys } from '../../platform/contributions.ts';
import { permissions } from '../lists.ts';
import { fhirRoutes } from './routes.ts';

/** Each role at each route: what it is answered, and what stands on record of it afterwards. */
let program: Program;
beforeAll(async () => {
  program = await openProgram();
});
afterAll(() => program.office.close());

type Request = { address: string; asked?: Asked };
type Row = {
  /** Who is let through; all others hear 403 and leave no trace of having seen anything. */
  roles: readonly RoleKey[];
  status: number;
  audit: readonly string[];
  make(at: Place): Request | Promise<Request>;
};
/** Of every role a person and a visit of its own, so that none finds what another has changed. */
type Place = { person: Patient; visit: Appointment; nth: number };

const everyone = roleKeys;
const clinical = ['secretary', 'biller', 'nurse', 'physician', 'manager'] as const;
const desk = ['secretary', 'nurse', 'manager'] as const;
const seen = (audit: string[], make: Row['make'], roles: Row['roles'] = everyone): Row => ({
  ...{ roles, status: 200, audit, make },
});
/** A working day for each role. */
const dayOf = (nth: number) => ['09', '10', '11', '12', '13', '16'][nth];
const at = (hour: number, nth: number) => ({
  start: `2026-03-${dayOf(nth)}T${String(hour).padStart(2, '0')}:00:00-04:00`,
  end: `2026-03-${dayOf(nth)}T${String(hour).padStart(2, '0')}:15:00-04:00`,
});
const newPerson = (nth: number) => ({
  resourceType: 'Patient',
  name: [{ family: `Role${'abcdef'[nth]}`, given: ['New'] }],
});
const idOf = (one: { id?: string }) => one.id ?? '';

const table: Record<string, Row> = {
  'GET Patient/:id': seen(['patient.opened of the person'], ({ person }) => ({
    address: `Patient/${person.id}`,
  })),
  'GET Patient': seen(
    ['patients.searched of the person'],
    ({ person }) => ({ address: `Patient?_id=${person.id}` }),
    clinical,
  ),
  'POST Patient/_search': seen(
    ['patients.searched of the person'],
    ({ person }) => ({ address: 'Patient/_search', asked: form({ _id: idOf(person) }) }),
    clinical,
  ),
  'POST Patient': {
    roles: ['secretary', 'biller', 'nurse', 'manager'],
    status: 201,
    audit: ['patient.registered of somebody new'],
    make: ({ nth }) => ({ address: 'Patient', asked: post(newPerson(nth)) }),
  },
  'PUT Patient/:id': seen(
    ['patient.changed of the person'],
    ({ person }) => ({ address: `Patient/${person.id}`, asked: put({ ...person, gender: 'other' }) }),
    clinical,
  ),
  'PATCH Patient/:id': seen(
    ['patient.changed of the person'],
    ({ person }) => ({
      address: `Patient/${person.id}`,
      asked: patch([{ op: 'add', path: '/birthDate', value: '1990-01-01' }]),
    }),
    clinical,
  ),
  'GET RelatedPerson/:id': {
    roles: everyone,
    status: 404,
    audit: [],
    make: ({ person }) => ({ address: `RelatedPerson/${person.id}` }),
  },
  'GET RelatedPerson': seen(['patient.related-listed of the person'], ({ person }) => ({
    address: `RelatedPerson?patient=Patient/${person.id}`,
  })),
  'POST RelatedPerson/_search': seen(['patient.related-listed of the person'], ({ person }) => ({
    address: 'RelatedPerson/_search',
    asked: form({ patient: `Patient/${person.id}` }),
  })),
  'GET Appointment/:id': seen(['visit.opened of the visit'], ({ visit }) => ({
    address: `Appointment/${visit.id}`,
  })),
  'GET Appointment': seen(['visits.listed of the visit', 'patients.searched of the person'], ({ visit }) => ({
    address: `Appointment?_id=${visit.id}&_include=Appointment:actor`,
  })),
  'POST Appointment/_search': seen(['visits.listed of the visit'], ({ visit }) => ({
    address: 'Appointment/_search',
    asked: form({ _id: idOf(visit) }),
  })),
  'POST Appointment': {
    roles: desk,
    status: 201,
    audit: ['visit.booked of somebody new'],
    make: ({ person, nth }) => ({
      address: 'Appointment',
      asked: post(program.appointment(at(10, nth), person.id)),
    }),
  },
  'PUT Appointment/:id': seen(
    ['visit.edited of the visit'],
    ({ visit }) => ({ address: `Appointment/${visit.id}`, asked: put({ ...visit, comment: 'Put' }) }),
    desk,
  ),
  'PATCH Appointment/:id': seen(
    ['visit.cancelled of the visit'],
    ({ visit }) => ({
      address: `Appointment/${visit.id}`,
      asked: patch([{ op: 'replace', path: '/status', value: 'cancelled' }]),
    }),
    desk,
  ),
  'GET Appointment/$find': seen([], ({ person, nth }) => ({
    address: `Appointment/$find?start=2026-03-${dayOf(nth)}&service-type=fu&patient=${person.id}`,
  })),
  'POST Appointment/$find': seen([], ({ nth }) => ({
    address: 'Appointment/$find',
    asked: post(parameters({ start: `2026-03-${dayOf(nth)}`, 'service-type': 'fu' })),
  })),
  'POST Appointment/$book': seen(['visit.booked of somebody new'], book, desk),
  ...directory(),
};

async function book({ person, nth }: Place): Promise<Request> {
  const asked = { start: `2026-03-${dayOf(nth)}`, 'service-type': 'fu', practitioner: program.lee };
  const { body } = await program.ask<Bundle>('Appointment/$find', post(parameters(asked)));
  const id = idOf(listOf(body)[0] ?? {});
  const chosen = parameters({ 'appt-id': id, 'patient-reference': `Patient/${person.id}` });
  return { address: 'Appointment/$book', asked: post(chosen) };
}

/** Of staff, places and calendars: seen by everyone, and nobody's record. */
function directory(): Record<string, Row> {
  const query = (type: string): Record<string, string> =>
    type === 'Slot' ? { schedule: program.plan.lee } : { _count: '1' };
  const rowsOf = (type: string): [string, Row][] => [
    [
      `GET ${type}`,
      seen([], () => ({ address: `${type}?${new URLSearchParams(Object.entries(query(type)))}` })),
    ],
    [
      `GET ${type}/:id`,
      seen([], async () => {
        const { body } = await program.ask<Bundle>(`${type}/_search`, form({ ...query(type) }));
        return { address: `${type}/${listOf(body)[0]?.id}` };
      }),
    ],
    [
      `POST ${type}/_search`,
      seen([], () => ({ address: `${type}/_search`, asked: form({ ...query(type) }) })),
    ],
  ];
  return Object.fromEntries(['Practitioner', 'Location', 'Schedule', 'Slot'].flatMap(rowsOf));
}

/** What stands on record of an account, and of whom. */
async function recordsOf(accountId: string, { person, visit }: Place): Promise<string[]> {
  const { rows } = await program.practice.tx((tx) =>
    sql<{ action: string; subjectIds: string[] }>`select action, subject_ids from audit_records
      where account_id = ${accountId} order by seq`.execute(tx.db),
  );
  return rows.map(({ action, subjectIds: [id] }) => {
    const whose = id === person.id ? 'the person' : id === visit.id ? 'the visit' : 'somebody new';
    return `${action} of ${whose}`;
  });
}

const nameOf = ({ method, path }: { method: string; path: string }) =>
  `${method} ${path.replace('/fhir/R4/', '')}`;

describe('every FHIR route', () => {
  it('has a row in the table, and a permission that the manager knows', () => {
    expect(fhirRoutes.map((one) => nameOf(one.endpoint)).sort()).toEqual(Object.keys(table).sort());
    const known = new Set(permissions.map((one) => one.key));
    expect(fhirRoutes.filter((one) => !known.has(one.permission))).toEqual([]);
  });

  it('is closed to whoever has not signed in', async () => {
    for (const { endpoint } of fhirRoutes) {
      const address = endpoint.path.replace('/fhir/R4/', '').replace(':id', program.plan.lee);
      const answer = await program.ask(address, { method: endpoint.method, as: null });
      expect([nameOf(endpoint), answer.status]).toEqual([nameOf(endpoint), 401]);
    }
  });

  it.each(roleKeys.map((role, nth) => [role, nth] as const))(
    'answers the %s as the table says, and puts it on record',
    async (role, nth) => {
      const { token: as, accountId } = await program.practice.as(role);
      const person = async () => (await program.ask<Patient>(`Patient/${program.plan.patients[nth]}`)).body;
      const made = await program.ask<Appointment>(
        'Appointment',
        post(program.appointment(at(9, nth), program.plan.patients[nth])),
      );
      for (const [name, row] of Object.entries(table)) {
        const visit = (await program.ask<Appointment>(`Appointment/${made.body.id}`)).body;
        const place = { person: await person(), visit, nth };
        const { address, asked } = await row.make(place);
        const before = (await recordsOf(accountId, place)).length;
        const { status } = await program.ask(address, { ...asked, as });
        const told = [name, status, (await recordsOf(accountId, place)).slice(before)];
        const may = row.roles.includes(role);
        expect(told).toEqual([name, may ? row.status : 403, may ? row.audit : []]);
      }
    },
  );
});
