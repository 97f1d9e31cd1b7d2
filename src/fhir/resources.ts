/**
 * The parts of FHIR R4 resources (hl7.org/fhir/R4) that the office reads, leniently: unknown elements are let by,
 * and only what has the wrong type is refused, at its path.
 */
import { z } from 'zod';

const longest = 2000;
const text = z.string().max(longest, `is longer than ${longest.toLocaleString('en-US')} letters`);

/** A list is counted before its members are looked at: a hostile one would cost a message for each. */
const list = <T extends z.ZodType>(member: T, most = 100) =>
  z
    .array(z.unknown())
    .max(most, `has more than ${most.toLocaleString('en-US')} members`)
    .pipe(z.array(member));

export const Coding = z.object({ system: text.optional(), code: text.optional(), display: text.optional() });
export const CodeableConcept = z.object({ coding: list(Coding).optional(), text: text.optional() });
export const Period = z.object({ start: text.optional(), end: text.optional() });

export const Identifier = z.object({
  system: text.optional(),
  value: text.optional(),
  type: CodeableConcept.optional(),
});
export type Identifier = z.infer<typeof Identifier>;

export const HumanName = z.object({
  use: text.optional(),
  text: text.optional(),
  family: text.optional(),
  given: list(text).optional(),
  prefix: list(text).optional(),
  suffix: list(text).optional(),
});
export type HumanName = z.infer<typeof HumanName>;

export const ContactPoint = z.object({
  system: text.optional(),
  value: text.optional(),
  use: text.optional(),
  rank: z.number().optional(),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

export const FhirAddress = z.object({
  use: text.optional(),
  type: text.optional(),
  line: list(text).optional(),
  city: text.optional(),
  state: text.optional(),
  postalCode: text.optional(),
  country: text.optional(),
});
export type FhirAddress = z.infer<typeof FhirAddress>;

export const Extension = z.object({
  url: text,
  valueCode: text.optional(),
  valueString: text.optional(),
  valueBoolean: z.boolean().optional(),
});

/** A date or the beginning of one (hl7.org/fhir/R4/datatypes.html#date); there is no year 0, nor a month 0. */
const date = /^(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
const dateTime = /^(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\S{1,40})?)?)?$/;

/** http://hl7.org/fhir/R4/patient.html */
export const FhirPatient = z.object({
  resourceType: z.literal('Patient'),
  id: text.optional(),
  active: z.boolean().optional(),
  extension: list(Extension).optional(),
  identifier: list(Identifier).optional(),
  name: list(HumanName).refine((names) => names.length > 0, 'has no name'),
  telecom: list(ContactPoint).optional(),
  gender: z
    .enum(['male', 'female', 'other', 'unknown'], 'is not one of male, female, other, unknown')
    .optional(),
  birthDate: z.string().regex(date, 'is not a date').optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().regex(dateTime, 'is not a date').optional(),
  address: list(FhirAddress).optional(),
  maritalStatus: CodeableConcept.optional(),
  communication: list(z.object({ language: CodeableConcept, preferred: z.boolean().optional() })).optional(),
  contact: list(
    z.object({
      relationship: list(CodeableConcept).optional(),
      name: HumanName.optional(),
      telecom: list(ContactPoint).optional(),
    }),
  ).optional(),
});
export type FhirPatient = z.infer<typeof FhirPatient>;

/** http://hl7.org/fhir/R4/practitioner.html */
export const FhirPractitioner = z.object({
  resourceType: z.literal('Practitioner'),
  id: text.optional(),
  active: z.boolean().optional(),
  identifier: list(Identifier).optional(),
  name: list(HumanName).refine((names) => names.length > 0, 'has no name'),
  telecom: list(ContactPoint).optional(),
  qualification: list(z.object({ code: CodeableConcept })).optional(),
});
export type FhirPractitioner = z.infer<typeof FhirPractitioner>;

/** http://hl7.org/fhir/R4/organization.html */
export const FhirOrganization = z.object({
  resourceType: z.literal('Organization'),
  id: text.optional(),
  active: z.boolean().optional(),
  identifier: z.array(Identifier).optional(),
  type: z.array(CodeableConcept).optional(),
  name: text.optional(),
  telecom: z.array(ContactPoint).optional(),
  address: z.array(FhirAddress).optional(),
});
export type FhirOrganization = z.infer<typeof FhirOrganization>;

/** Something in a resource cannot be taken: `path` is the FHIR path inside it, `.birthDate`, `.name[0].family`. */
export class FhirFault extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'FhirFault';
    this.path = path;
  }
}

/** `['name', 0, 'family']` → `.name[0].family` */
export function fhirPath(parts: readonly PropertyKey[]): string {
  return parts.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
}

const kinds: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

/** Read a resource by its shape. @throws FhirFault at the first element that does not fit; never with its value */
export function readResource<T>(shape: z.ZodType<T>, resource: unknown): T {
  const read = shape.safeParse(resource);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const path = fhirPath(issue?.path ?? []);
  const plain =
    issue?.code === 'invalid_type'
      ? `is not ${kinds[issue.expected] ?? issue.expected}`
      : (issue?.message ?? 'cannot be read');
  throw new FhirFault(path, plain);
}

/** Identity numbers that an office has no need of, and that would harm if they leaked. HL7 v2 table 0203. */
const sensitiveTypes = new Set(['SS', 'DL', 'PPN', 'TAX', 'NI']);
const sensitiveSystems = new Set(['http://hl7.org/fhir/sid/us-ssn']);

/**
 * By which identifiers to know a resource again: its own with system and value, without social security, license
 * and passport numbers; its id where it has none.
 */
export function knownBy(resource: {
  resourceType: string;
  id?: string | undefined;
  identifier?: Identifier[] | undefined;
}): { system: string; value: string }[] {
  const own = (resource.identifier ?? []).flatMap(({ system, value, type }) => {
    const types = type?.coding?.map((coding) => coding.code ?? '') ?? [];
    const sensitive = types.some((code) => sensitiveTypes.has(code)) || sensitiveSystems.has(system ?? '');
    return system && value && !sensitive ? [{ system, value }] : [];
  });
  if (own.length > 0 || !resource.id) return own;
  return [{ system: `urn:fhir:${resource.resourceType}`, value: resource.id }];
}
