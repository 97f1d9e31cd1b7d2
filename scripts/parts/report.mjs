// One way for every check to speak: file, line, what is wrong, where it may live.
import { pathToFileURL } from 'node:url';
import { ROOT } from './run.mjs';

/** Whether a module is the program that was started. */
export const isMain = (url) => process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;

/** Print the findings of a check over the house; the exit code says whether there were any. */
export function reportFindings(name, check) {
  const findings = check(ROOT);
  for (const { file, line, message } of findings)
    console.error(`${file}${line ? `:${line}` : ''}  ${message}`);
  console.log(findings.length === 0 ? `${name}: nothing to mend` : `${name}: ${findings.length} to mend`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
