import { mkdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * Programs that tests start as processes of their own, each bundled to one file before: from source a start costs
 * seconds of loading. Two folders below the root, where office.ts looks for the package, and one apart per worker.
 */

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, '.cache', `children-${process.pid}`);
const isPackage = (id: string) =>
  builtinModules.includes(id) || id.startsWith('node:') || /^(?![./]|[A-Za-z]:)/.test(id);

const bundled = new Map<string, Promise<string>>();

/** The file to start with node for a program of src or test, given from the root. */
export function childProgram(source: string): Promise<string> {
  const known = bundled.get(source) ?? bundle(source);
  bundled.set(source, known);
  return known;
}

async function bundle(source: string): Promise<string> {
  const { build } = await import('rolldown');
  mkdirSync(folder, { recursive: true });
  const name = path.basename(source, '.ts');
  await build({
    cwd: root,
    input: { [name]: source, 'pglite-worker': 'src/platform/db/pglite-worker.ts' },
    platform: 'node',
    tsconfig: 'tsconfig.json',
    external: isPackage,
    logLevel: 'warn',
    output: { dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  });
  return path.join(folder, `${name}.js`);
}
