import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '@medplum/fhirtypes';
import { applyPatch, readPatch } from '../../fhir/json-patch.ts';
import { cannotKeep, FhirProblem, outcome } from '../../fhir/outcome.ts';
import { answerWritten, type Call, type FhirAnswer } from './call.ts';

/** PATCH is PUT of what was read with the operations done to it: the same command, rights and record. */

type Patching = {
  /** What is read, as it is now. */
  resource: Resource;
  /** Put it on record as shown: a patch that tests a value tells it. */
  noteSeen(): void;
  /** Keep it, and read what was kept; what is added and not kept is refused as a whole. */
  update(call: Call): Promise<Resource>;
};

export async function patchWith(call: Call, { resource, noteSeen, update }: Patching): Promise<FhirAnswer> {
  const operations = readPatch(call.patch);
  const patched = tryPatch(resource, operations);
  if (patched instanceof FhirProblem) {
    noteSeen();
    const { status, issue, message } = patched;
    return { status, resource: outcome(issue, message) };
  }
  if (!isDeepStrictEqual(patched.meta, resource.meta))
    throw cannotKeep(`${resource.resourceType}.meta`, 'The version and its time are the server’s to say.');
  const kept = await update({ ...call, body: patched });
  const lost = Object.keys(patched).find((key) => !Object.hasOwn(resource, key) && !Object.hasOwn(kept, key));
  if (lost)
    throw cannotKeep(
      `${resource.resourceType}.${lost}`,
      'The office does not keep this element. Leave it out.',
    );
  return answerWritten(call, kept, 200);
}

function tryPatch(...given: Parameters<typeof applyPatch>): Record<string, unknown> | FhirProblem {
  try {
    return applyPatch(...given);
  } catch (error) {
    if (error instanceof FhirProblem) return error;
    throw error;
  }
}

/** A patch comes as JSON Patch; FHIRPath Patch and XML Patch are not understood. */
export function refuseOtherPatch(call: Call): void {
  if (/^application\/json-patch\+json\b/i.test(call.headers['content-type'] ?? '')) return;
  throw new FhirProblem(415, 'not-supported', 'Send a patch as application/json-patch+json (RFC 6902).');
}
