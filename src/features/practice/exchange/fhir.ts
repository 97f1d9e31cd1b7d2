import type { Location, Organization, Practitioner } from '@medplum/fhirtypes';
import type { PracticeFacts, SiteRow, StaffRow } from '../schema.ts';

/** Staff and sites as FHIR R4 says them. Empty texts are left out: FHIR has none. */

export function toPractitioner(
  staff: StaffRow,
  identifiers: readonly { system: string; value: string }[],
): Practitioner {
  const npi = staff.npi ? [{ system: 'http://hl7.org/fhir/sid/us-npi', value: staff.npi }] : [];
  const all = [...npi, ...identifiers.filter((one) => !npi.some((mine) => mine.system === one.system))];
  return {
    resourceType: 'Practitioner',
    id: staff.staffId,
    meta: { versionId: String(staff.version) },
    ...(all.length > 0 ? { identifier: all.map(({ system, value }) => ({ system, value })) } : {}),
    active: staff.active,
    name: [
      {
        text: staff.displayName,
        family: staff.familyName,
        given: [staff.givenName],
        ...(staff.credentials ? { suffix: [staff.credentials] } : {}),
      },
    ],
    ...(staff.phone ? { telecom: [{ system: 'phone', value: staff.phone, use: 'work' }] } : {}),
    ...(staff.specialty ? { qualification: [{ code: { text: staff.specialty } }] } : {}),
  };
}

const physical = 'http://terminology.hl7.org/CodeSystem/location-physical-type';

export function toSiteLocation(site: SiteRow): Location {
  const { line1, line2, city, state, zip } = site.address;
  const line = [line1, line2].filter(Boolean);
  const address = {
    ...(line.length > 0 ? { line } : {}),
    ...(city ? { city } : {}),
    ...(state ? { state } : {}),
    ...(zip ? { postalCode: zip } : {}),
  };
  return {
    resourceType: 'Location',
    id: site.siteId,
    meta: { versionId: String(site.version) },
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/tz-code', valueCode: site.timeZone }],
    status: site.active ? 'active' : 'inactive',
    name: site.name,
    mode: 'instance',
    ...(site.phone ? { telecom: [{ system: 'phone', value: site.phone, use: 'work' }] } : {}),
    ...(Object.keys(address).length > 0 ? { address } : {}),
    physicalType: { coding: [{ system: physical, code: 'si', display: 'Site' }] },
  };
}

export function toOrganization(practice: PracticeFacts): Organization {
  return {
    resourceType: 'Organization',
    id: practice.practiceId,
    meta: { versionId: String(practice.version) },
    active: true,
    name: practice.name,
    ...(practice.phone ? { telecom: [{ system: 'phone', value: practice.phone, use: 'work' }] } : {}),
  };
}
