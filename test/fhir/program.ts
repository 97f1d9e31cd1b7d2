import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import type { Bundle, OperationOutcome, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { expect } from 'vitest';
import { makeAccessKey } from '../../src/features/practice/access/api.ts';
import type { RoleKey } from '../../src/platform/contributions.ts';
import { openTestOffice, type Storage, type TestOffice, type TestPractice } from '../office.ts';
import { setUpSchedule, type TestSchedule } from '../practice.ts';

export type Asked = {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  as?: string | null;
};
type Answered<T> = { status: number; headers: Headers; body: T };

/** Another program that speaks FHIR with the real server; every answer is checked against FHIR R4. */
export type Program = {
  office: TestOffice;
  practice: TestPractice;
  plan: TestSchedule;
  /** The access key with which it asks unless told otherwise: a secretary's. */
  key: string;
  /** Staff id of Dr. Lee. */
  lee: string;
  /** How many answers were checked. */
  checked(): number;
  ask<T extends Resource = OperationOutcome>(address: string, asked?: Asked): Promise<Answered<T>>;
  keyFor(...roles: RoleKey[]): Promise<string>;
  /** A follow-up with Dr. Lee on Thu, Mar 5 at 9. */
  appointment(more?: Record<string, unknown>, patient?: string): Record<string, unknown>;
};

/** The definitions of the types that we answer, cut from FHIR R4's own (README.md). */
function readBundle(): Bundle<StructureDefinition> {
  const file = path.join(import.meta.dirname, 'r4-definitions.gz');
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}

let indexed = false;

/** Once for all files of a worker: it takes a second. */
export function indexDefinitions(): void {
  if (!indexed) indexStructureDefinitionBundle(readBundle());
  indexed = true;
}

export const readDefinitions = (): StructureDefinition[] =>
  (readBundle().entry ?? []).flatMap((entry) => entry.resource ?? []);

export async function openProgram(storage?: Storage): Promise<Program> {
  indexDefinitions();
  const office = await openTestOffice({ storage });
  const practice = await office.practice();
  const plan = await setUpSchedule(practice);
  const keyFor = async (...roles: RoleKey[]) => {
    const { accountId } = await practice.as(...roles);
    return (await practice.manager.do(makeAccessKey, { body: { accountId, label: 'Online booking' } })).key;
  };
  const key = await keyFor('secretary');
  let checked = 0;
  const ask: Program['ask'] = async <T extends Resource = OperationOutcome>(
    address: string,
    { method = 'GET', body, headers = {}, as = key }: Asked = {},
  ) => {
    const answer = await fetch(`${office.url}/fhir/R4/${address}`, {
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${as}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    // Prefer: return=minimal
    if (text === '') return { status: answer.status, headers: answer.headers, body: {} as T };
    expect(answer.headers.get('content-type'), address).toMatch(/^application\/fhir\+json/);
    const resource = JSON.parse(text) as T;
    validateResource(resource);
    checked += 1;
    return { status: answer.status, headers: answer.headers, body: resource };
  };
  const lee = listOf((await ask<Bundle>('Practitioner?name=Lee')).body)[0]?.id ?? '';
  return {
    ...{ office, practice, plan, key, lee, ask, keyFor },
    checked: () => checked,
    appointment: (more = {}, patient = plan.patients[0]) => ({
      resourceType: 'Appointment',
      status: 'booked',
      serviceType: [{ coding: [{ system: 'urn:frontdesk:visit-type', code: 'fu' }] }],
      start: '2026-03-05T09:00:00-05:00',
      end: '2026-03-05T09:15:00-05:00',
      participant: [
        { actor: { reference: `Patient/${patient}` }, status: 'needs-action' },
        { actor: { reference: `Practitioner/${lee}` }, status: 'accepted' },
      ],
      ...more,
    }),
  };
}

/** What a search met, without what was said beside it. */
export const listOf = <T extends Resource>(bundle: Bundle): T[] =>
  (bundle.entry ?? []).flatMap((entry) => (entry.search?.mode === 'match' ? [entry.resource as T] : []));

export const post = (body: unknown, headers: Record<string, string> = {}): Asked => ({
  method: 'POST',
  body,
  headers,
});
export const put = (body: unknown, headers: Record<string, string> = {}): Asked => ({
  method: 'PUT',
  body,
  headers,
});

export const patch = (body: unknown, headers: Record<string, string> = {}): Asked => ({
  method: 'PATCH',
  body,
  headers: { 'content-type': 'application/json-patch+json', ...headers },
});

/** A search by POST: what is asked stands in a form. */
export const form = (values: Record<string, string>): Asked => ({
  method: 'POST',
  body: new URLSearchParams(values).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

export const parameters = (values: Record<string, string>) => ({
  resourceType: 'Parameters',
  parameter: Object.entries(values).map(([name, valueString]) => ({ name, valueString })),
});

/** Where the next page is, as `ask` takes it. */
export function nextOf(bundle: Bundle): string | undefined {
  const url = bundle.link?.find((link) => link.relation === 'next')?.url;
  return url?.slice(url.indexOf('/R4/') + 4);
}

/** This page and all after it. */
export async function pagesFrom(program: Program, first: Bundle): Promise<Bundle[]> {
  const pages = [first];
  for (let next = nextOf(first); next && pages.length < 20; ) {
    const { body } = await program.ask<Bundle>(next);
    pages.push(body);
    next = nextOf(body);
  }
  return pages;
}
