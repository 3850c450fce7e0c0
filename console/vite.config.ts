import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const server = process.env.JARVIS_URL ?? 'http://127.0.0.1:8080';

/** `npm run dev` serves the pages itself and leads every call to a running Jarvis (JARVIS_URL). */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2023',
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0, // data: URLs would need room in the content security policy
    chunkSizeWarningLimit: 1200,
    // Left to itself the bundler makes a file of every few modules that two pages share: 70 requests for the login page.
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 3 },
            { name: 'frame', tags: ['$initial'], test: /src\/(?!main)/, priority: 2 },
            { name: 'shared', minShareCount: 2, entriesAware: true, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/v1': server, '/health': server } },
  // Of what a test waits for, only the order counts: five seconds, as is usual, are few on a slow machine that is busy.
  test: { pool: 'threads', testTimeout: 30_000, hookTimeout: 30_000, include: ['src/**/*.test.{ts,tsx}'] },
});
