import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { isServerFile } from './scripts/parts/house.mjs';

const src = join(import.meta.dirname, 'src');
const app = join(src, 'app');

/** The build fails when a server file reaches the browser, whatever way it was imported. */
function noServerFiles(): Plugin {
  return {
    name: 'frontdesk:no-server-files',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const found = chunk.moduleIds.map((id) => relative(src, id)).filter((path) => isServerFile(path));
        if (found.length > 0) this.error(`Server files in the browser bundle: ${found.join(', ')}`);
      }
    },
  };
}

export default defineConfig({
  root: app,
  publicDir: existsSync(join(app, 'public')) ? 'public' : false,
  plugins: [react(), noServerFiles()],
  build: {
    outDir: join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The page's content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: Object.fromEntries(
        readdirSync(app)
          .filter((name) => name.endsWith('.html'))
          .map((name) => [name.replace('.html', ''), join(app, name)]),
      ),
    },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? 3000}` } },
});
