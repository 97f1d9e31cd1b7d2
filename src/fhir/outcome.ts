import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';

/** hl7.org/fhir/R4/valueset-issue-type.html, those that we use. */
export type IssueCode = OperationOutcomeIssue['code'];

/** A refusal with a status that the desk's handful of codes does not have. */
export class FhirProblem extends Error {
  readonly status: number;
  readonly issue: IssueCode;
  readonly expression: string | undefined;
  readonly headers: Record<string, string>;

  /** @param message one sentence for a human, never a value of the request */
  constructor(
    status: number,
    issue: IssueCode,
    message: string,
    more: { expression?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'FhirProblem';
    this.status = status;
    this.issue = issue;
    this.expression = more.expression;
    this.headers = more.headers ?? {};
  }
}

/** 422: understood, and not something that the office can keep. */
export const cannotKeep = (expression: string, message: string) =>
  new FhirProblem(422, 'business-rule', message, { expression });

export function outcome(
  issue: IssueCode,
  message: string,
  more: { expression?: string | undefined; diagnostics?: string; severity?: 'error' | 'warning' } = {},
): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: more.severity ?? 'error',
        code: issue,
        details: { text: message },
        ...(more.diagnostics ? { diagnostics: more.diagnostics } : {}),
        ...(more.expression ? { expression: [more.expression] } : {}),
      },
    ],
  };
}
