/**
 * How many rounds a property, kill or concurrency test plays: a share of them in `npm test`, all of them in
 * `npm run prove`, which says the number, so that a proof can be read off its output.
 */
export function rounds(share: number, whole: number): number {
  if (process.env.FRONTDESK_PROVE !== '1') return share;
  process.stdout.write(`  rounds: ${whole} (npm test plays ${share})\n`);
  return whole;
}

/**
 * The seed of a test's random choices: the same one in every `npm test`; in `npm run prove` that of the run, or
 * FRONTDESK_SEED to play a failed proof again.
 */
export function seed(): number {
  const given = Number(process.env.FRONTDESK_SEED ?? '');
  return Number.isInteger(given) && given > 0 ? given : 20260107;
}
