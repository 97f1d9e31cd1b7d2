import { constants, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { type Found, type ReadingOptions, ResourceReader } from '../fhir/reading.ts';

/** A folder of FHIR files: listed, opened with care, and read in pieces. */

/** The folder has nothing to import, or cannot be read: a sentence for the person at the command line. */
export class NothingToImport extends Error {}

/** One file cannot be read: a sentence without what stands in it. */
export class FileFault extends Error {}

export type FhirFile = { name: string; bytes: number };

export function listFiles(folder: string): FhirFile[] {
  const names = readFolder(folder).filter((name) => /\.(json|ndjson)$/i.test(name));
  if (names.length === 0) throw new NothingToImport(`${folder} holds no .json or .ndjson file.`);
  return names.sort().map((name) => ({ name, bytes: sizeOf(path.join(folder, name)) }));
}

function readFolder(folder: string): string[] {
  try {
    if (statSync(folder).isDirectory()) return readdirSync(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES' || code === 'EPERM') {
      throw new NothingToImport(`${folder} may not be read by this account. Change its permissions.`);
    }
  }
  throw new NothingToImport(`There is no folder ${folder}. Give the folder that holds the FHIR files.`);
}

function sizeOf(file: string): number {
  try {
    const stat = statSync(file);
    return stat.isFile() ? stat.size : 0;
  } catch {
    return 0;
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

const openFaults: Record<string, string> = {
  ENOENT: 'leads nowhere: there is no such file',
  ELOOP: 'leads nowhere: a link that leads to itself',
  EACCES: 'may not be read by this account: change its permissions',
  EPERM: 'may not be read by this account: change its permissions',
  ENXIO: 'is no regular file and was left out',
};

async function openFile(file: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    // A pipe without a writer would be waited for.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw asFileFault(error);
  }
  const stat = await handle.stat();
  if (stat.isFile()) return handle;
  await handle.close();
  throw new FileFault(
    stat.isDirectory() ? 'is a folder and was left out' : 'is no regular file and was left out',
  );
}

function asFileFault(error: unknown): unknown {
  const code = codeOf(error);
  return code === '' ? error : new FileFault(openFaults[code] ?? `cannot be read (${code})`);
}

const chunkBytes = 65_536;

/**
 * What a file holds, one after the other.
 * @param onBytes is told how far the file was read, and how many bytes of it are held
 * @throws FileFault where it cannot be opened or read on
 */
export async function* readFile(
  file: string,
  options: Omit<ReadingOptions, 'isLines'>,
  onBytes: (read: number, held: number) => void,
): AsyncGenerator<Found> {
  const reader = new ResourceReader({ ...options, isLines: /\.ndjson$/i.test(file) });
  const handle = await openFile(file);
  try {
    for (let read = 0; ; ) {
      const chunk = await readChunk(handle);
      if (chunk.length === 0) break;
      yield* reader.push(chunk);
      read += chunk.length;
      onBytes(read, reader.held);
    }
    yield* reader.end();
  } finally {
    await handle.close();
  }
}

async function readChunk(handle: FileHandle): Promise<Uint8Array> {
  try {
    // Parts of it may be kept: each is a buffer of its own.
    const { buffer, bytesRead } = await handle.read(new Uint8Array(chunkBytes), 0, chunkBytes, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw asFileFault(error);
  }
}
