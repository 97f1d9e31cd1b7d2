import { hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id minimum: 19 MiB, 2 passes, 1 lane. About 25 ms here. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** A hash of nothing that anyone knows: verified when the account does not exist, so that both take as long. */
let decoy: Promise<string> | undefined;

export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash) return verify(passwordHash, password);
  decoy ??= hashPassword(crypto.randomUUID());
  await verify(await decoy, password);
  return false;
}

/** NIST SP 800-63B: length over composition rules. Answers what to do, or undefined when it is fine. */
export function whyWeak(password: string, email: string): string | undefined {
  if (password.length < 10) return 'Use at least 10 characters: three or four words make a good password.';
  if (password.length > 200) return 'Use at most 200 characters.';
  if (new Set(password).size < 5) return 'Use more different characters.';
  if (password.toLowerCase().includes(email.split('@')[0]?.toLowerCase() ?? email)) {
    return 'Leave your own name out of the password.';
  }
  return undefined;
}
