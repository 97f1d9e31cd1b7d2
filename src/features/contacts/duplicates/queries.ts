import type { Db } from '../../../platform/db/database.ts';
import type { LikelySame } from '../api.ts';
import { listNamed } from '../queries.ts';
import { searchName } from '../rules.ts';
import { type Compared, whyAlike } from './rules.ts';

/** Contacts that are likely the one described, those of the same NPI first; at most eight. */
export async function listLikelySame(db: Db, draft: Compared, exceptId?: string): Promise<LikelySame[]> {
  const rows = await listNamed(db, [searchName(draft)], draft.npi ? [draft.npi] : []);
  return rows
    .filter((row) => row.contactId !== exceptId)
    .map((contact) => ({ contact, why: whyAlike(draft, contact) }))
    .filter((one) => one.why.length > 0)
    .sort((one, other) => Number(other.why.includes('same NPI')) - Number(one.why.includes('same NPI')))
    .slice(0, 8);
}
