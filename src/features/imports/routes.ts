import { statSync } from 'node:fs';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Upload } from '../../platform/http/upload.ts';
import { enqueueJob } from '../../platform/jobs/outbox.ts';
import { notFound } from '../../platform/refusal.ts';
import * as api from './api.ts';
import { beginImport, beginUndo, noteFile, stepJob } from './commands.ts';
import { listKeptContacts } from './contacts/queries.ts';
import { readFaults } from './faults/queries.ts';
import * as queries from './queries.ts';
import { readHead, settleFile } from './reading/queries.ts';

async function answer(tx: Tx, importId: string) {
  const found = await queries.findImport(tx.db, importId);
  if (!found) throw notFound('import');
  return { import: found };
}

async function goOn(tx: Tx, importId: string) {
  await enqueueJob(tx, { kind: stepJob, payload: { importId } });
  return answer(tx, importId);
}

async function readSamples(tx: Tx, importId: string): Promise<string[][]> {
  const file = await queries.findFile(tx.db, importId);
  return file ? ((await readHead(file).catch(() => null))?.samples ?? []) : [];
}

export const importRoutes: readonly Route[] = [
  route(api.listImports, 'imports.run', async (tx) => ({ imports: await queries.listImports(tx.db) })),
  route(api.readImport, 'imports.run', async (tx, { params: { id } }) => {
    const found = await answer(tx, id);
    const samples = await readSamples(tx, id);
    tx.audit({ action: 'import.opened', subjectKind: 'import', subjectIds: [id] });
    const problems = await queries.listProblems(tx.db, id, { after: 0, most: 200 });
    const keptMrns = await queries.listKept(tx.db, id);
    return { ...found, samples, problems, keptMrns, keptContacts: await listKeptContacts(tx.db, id) };
  }),
  route(api.checkImport, 'imports.run', async (tx, { params, body }) => {
    await beginImport(tx, params.id, body, true);
    return goOn(tx, params.id);
  }),
  route(api.takeImport, 'imports.run', async (tx, { params, body }) => {
    await beginImport(tx, params.id, body, false);
    return goOn(tx, params.id);
  }),
  route(api.undoImport, 'imports.run', async (tx, { params }) => {
    await beginUndo(tx, params.id);
    return goOn(tx, params.id);
  }),
  route(api.readFaultFile, 'imports.run', async (tx, { params, body }) => {
    const found = await readFaults(tx.db, params.id, { after: body.after, most: 5000 });
    if (!found) throw notFound('import');
    tx.audit({ action: 'import.faults-read', subjectKind: 'import', subjectIds: [params.id] });
    return found;
  }),
];

/** Where a desk sends a table: kept in UTF-8 until it was taken in, at most a day. */
export const importUpload: Upload = {
  path: api.uploadPath,
  permission: 'imports.run',
  most: 100 * 1024 * 1024,
  settle: settleFile,
  note: async (tx, file) => ({
    importId: await noteFile(tx, { ...file, bytes: statSync(file.path).size }),
  }),
};
