import { z } from 'zod';
import { Id } from '../../platform/id.ts';

export const importKinds = ['patients', 'visits', 'contacts'] as const;
export const ImportKind = z.enum(importKinds);
export type ImportKind = z.infer<typeof ImportKind>;

export const ImportState = z.enum(['ready', 'checking', 'checked', 'taking', 'done', 'undoing', 'undone']);
export type ImportState = z.infer<typeof ImportState>;

export const dateOrders = ['mdy', 'dmy'] as const;
/** How a file is read. */
export const ImportOptions = z.object({
  /** the system that the record numbers are of: the same number of the same source is the same person */
  source: z
    .string()
    .trim()
    .toLowerCase()
    .overwrite((name) => name.replace(/[\s_]+/g, '-'))
    .regex(/^[a-z0-9-]{1,40}$/, 'Small letters, digits and dashes, e.g. old-system.')
    .default('old-system'),
  dates: z.enum(dateOrders).default('mdy'),
  /** take in who is likely someone here: a person of the same name and birth date, a contact that looks the same */
  alsoAlike: z.boolean().default(false),
});
export type ImportOptions = z.output<typeof ImportOptions>;

export const ImportPlan = z.object({
  kind: ImportKind,
  columns: z.array(z.string().max(40)).max(200).describe('the field of each column; "" leaves it out'),
  options: ImportOptions.prefault({}),
});
export type ImportPlan = z.output<typeof ImportPlan>;

export const Problem = z.object({ column: z.string(), what: z.string() });
export type Problem = z.infer<typeof Problem>;

export const ImportRow = z.object({
  importId: Id,
  kind: ImportKind,
  state: ImportState,
  fileName: z.string(),
  fileBytes: z.number(),
  hasFile: z.boolean(),
  headings: z.array(z.string()),
  columns: z.array(z.string()),
  options: ImportOptions,
  /** how much of the file has been read, 0 to 100 */
  percent: z.number(),
  rowsRead: z.number(),
  made: z.number(),
  same: z.number(),
  alike: z.number(),
  faults: z.number(),
  removed: z.number(),
  kept: z.number(),
  createdAt: z.string(),
  byName: z.string(),
  finishedAt: z.string().nullable(),
  version: z.number(),
});
export type ImportRow = z.infer<typeof ImportRow>;

export const LineProblem = z.object({ line: z.number(), outcome: z.string(), problems: z.array(Problem) });
export type LineProblem = z.infer<typeof LineProblem>;

export type Field = { key: string; label: string; known: readonly string[] };
const field = (key: string, label: string, known: string): Field => ({ key, label, known: known.split('|') });

const nameFields = [
  field('familyName', 'Last name', 'last|lastname|familyname|surname|patientlastname|ptlastname'),
  field('givenName', 'First name', 'first|firstname|givenname|patientfirstname|ptfirstname'),
  field('fullName', 'Whole name (“Last, First M”)', 'name|fullname|patientname|patient|ptname'),
  field('bornOn', 'Birth date', 'dob|birthdate|dateofbirth|born|birthday|patientdob'),
];
const numberField = field(
  'externalId',
  'Record number in the old system',
  'id|patientid|externalid|chart|chartno|chartnumber|accountnumber|account|recordnumber|ptid|mrn',
);

const contactFields = [
  field(
    'fullName',
    'Whole name (“Last, First, MD”)',
    'name|fullname|provider|providername|doctor|physician|referringprovider|referringphysician|contact',
  ),
  field('familyName', 'Last name', 'last|lastname|familyname|surname|providerlastname|doctorlastname'),
  field('givenName', 'First name', 'first|firstname|givenname|providerfirstname|doctorfirstname'),
  field('middleName', 'Middle name', 'middle|middlename|mi|middleinitial'),
  field('suffix', 'Suffix', 'suffix|namesuffix'),
  field('credentials', 'Credentials', 'credentials|credential|degree|degrees|title'),
  field('specialty', 'Specialty', 'specialty|speciality|taxonomy|specialtyname'),
  field('npi', 'NPI', 'npi|npinumber|providernpi|nationalproviderid'),
  field(
    'organizationName',
    'Organization or practice',
    'organization|organisation|practice|practicename|group|groupname|company|facility|clinic|hospital|organizationname',
  ),
  field('kind', 'Kind (physician, clinician, organization)', 'kind|type|providertype|contacttype|entitytype'),
  field(
    'externalId',
    'Record number in the old system',
    'id|providerid|contactid|externalid|code|providercode|recordnumber',
  ),
  field('phone', 'Office phone', 'phone|officephone|workphone|telephone|phonenumber|phone1|businessphone'),
  field('backline', 'Back line', 'backline|backphone|privateline|backofficephone|phone2'),
  field('mobilePhone', 'Mobile phone', 'mobile|mobilephone|cell|cellphone'),
  field('fax', 'Fax', 'fax|faxnumber|officefax|businessfax'),
  field('email', 'E-mail', 'email|emailaddress|directaddress'),
  field('line1', 'Street', 'address|address1|street|streetaddress|addressline1|line1'),
  field('line2', 'Suite', 'address2|addressline2|suite|unit|line2'),
  field('city', 'City', 'city|town'),
  field('state', 'State', 'state|st|province'),
  field('zip', 'ZIP code', 'zip|zipcode|postalcode|zip5'),
  field('note', 'Note', 'note|notes|comment|comments|remarks'),
];

/** What a column may hold; `known`: headings without blanks and marks that mean it. */
export const importFields: Record<ImportKind, readonly Field[]> = {
  patients: [
    ...nameFields,
    numberField,
    field('middleName', 'Middle name', 'middle|middlename|mi|middleinitial'),
    field('suffix', 'Suffix', 'suffix|namesuffix'),
    field('preferredName', 'Called', 'preferredname|nickname|preferred|called'),
    field('sex', 'Sex', 'sex|gender|sexatbirth|patientsex'),
    field(
      'mobilePhone',
      'Mobile phone',
      'phone|mobile|mobilephone|cell|cellphone|patientphone|phonenumber|phone1',
    ),
    field('homePhone', 'Home phone', 'homephone|phonehome|phone2'),
    field('workPhone', 'Work phone', 'workphone|phonework|businessphone|phone3'),
    field('email', 'E-mail', 'email|emailaddress|patientemail'),
    field('line1', 'Street', 'address|address1|street|streetaddress|addressline1|line1'),
    field('line2', 'Apartment', 'address2|addressline2|apt|apartment|unit|line2'),
    field('city', 'City', 'city|town'),
    field('state', 'State', 'state|st|province'),
    field('zip', 'ZIP code', 'zip|zipcode|postalcode|zip5'),
    field('language', 'Language (code)', 'language|lang|preferredlanguage'),
    field('maritalStatus', 'Marital status', 'maritalstatus|marital'),
    field('contactName', 'Emergency contact', 'emergencycontact|emergencycontactname|contactname'),
    field('contactPhone', 'Emergency phone', 'emergencyphone|emergencycontactphone|contactphone'),
    field('note', 'Note', 'note|notes|comment|comments|remarks'),
  ],
  visits: [
    field('mrn', 'Record number here (MRN)', 'mrn|medicalrecordnumber'),
    numberField,
    ...nameFields,
    field(
      'physician',
      'Physician (name or NPI)',
      'physician|provider|doctor|providername|npi|providernpi|resource',
    ),
    field('visitType', 'Visit type (code or name)', 'type|visittype|appttype|appointmenttype|reasoncode'),
    field('site', 'Site', 'site|location|office|facility'),
    field('date', 'Date', 'date|apptdate|appointmentdate|visitdate|day'),
    field('time', 'Time', 'time|appttime|appointmenttime|starttime|start'),
    field('dateTime', 'Date and time', 'datetime|apptdatetime|startsat|startdatetime'),
    field('minutes', 'Minutes', 'minutes|duration|length|mins'),
    field('reason', 'Reason', 'reason|reasonforvisit|chiefcomplaint'),
    field('note', 'Note', 'note|notes|comment|comments'),
  ],
  contacts: contactFields,
};

/** Each column's field as its heading says it; '' for one that says nothing known. No field twice. */
export function guessColumns(kind: ImportKind, headings: readonly string[]): string[] {
  const taken = new Set<string>();
  return headings.map((heading) => {
    const word = heading.toLowerCase().replace(/[^a-z0-9]/g, '');
    const found = importFields[kind].find(
      (one) => !taken.has(one.key) && (one.known.includes(word) || one.key.toLowerCase() === word),
    );
    if (found) taken.add(found.key);
    return found?.key ?? '';
  });
}

/** What is missing or doubled in a mapping; null when the file can be read with it. */
export function planFault(kind: ImportKind, columns: readonly string[]): string | null {
  const given = columns.filter((key) => key !== '');
  const known = new Set(importFields[kind].map((one) => one.key));
  const strange = given.find((key) => !known.has(key));
  if (strange) return `“${strange}” is no field of ${kind}. Known: ${[...known].join(', ')}.`;
  const twice = given.find((key, index) => given.indexOf(key) !== index);
  if (twice) return `Two columns are taken as “${labelOf(kind, twice)}”. Leave one of them out.`;
  const has = (...keys: string[]) => keys.some((key) => given.includes(key));
  if (kind === 'patients') {
    return has('familyName', 'fullName') ? null : 'Say which column holds the last name or the whole name.';
  }
  if (kind === 'contacts') {
    return has('familyName', 'fullName', 'organizationName')
      ? null
      : 'Say which column holds the last name, the whole name or the organization.';
  }
  if (!has('mrn', 'externalId') && !(has('familyName', 'fullName') && has('bornOn')))
    return 'Say which column holds the record number, or name and birth date.';
  if (!has('physician')) return 'Say which column names the physician.';
  if (!has('visitType')) return 'Say which column names the visit type.';
  return has('dateTime') || (has('date') && has('time')) ? null : 'Say which columns hold date and time.';
}

const labelOf = (kind: ImportKind, key: string) =>
  importFields[kind].find((one) => one.key === key)?.label ?? key;
