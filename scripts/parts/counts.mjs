// Counting what Vitest's JSON report says, so that nothing red or skipped is overlooked.

/**
 * @returns {{ passed: number, failed: number, skipped: number, nameless: string[] }}
 * A file that does not load has no tests; it counts as one failure.
 */
export function countReport(report) {
  const counts = { passed: 0, failed: 0, skipped: 0, nameless: [] };
  for (const file of report.testResults ?? []) {
    const before = counts.failed;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') counts.failed += 1;
      else counts.skipped += 1;
      if (test.title.trim() === '') counts.nameless.push(file.name);
    }
    if (file.status === 'failed' && counts.failed === before) counts.failed += 1;
  }
  return counts;
}

/** The last line of the run. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
