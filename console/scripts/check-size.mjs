// Fails the build when the first page needs more than the budget: everything that the entry, the layout and the first
// pages load before something can be read, in gzipped kilobytes. Prints the largest chunks either way.
import { readFile, stat } from 'node:fs/promises';

const BUDGET_KB = 400;
const FIRST_PAGES = ['index.html', 'src/features/login/LoginPage.tsx', 'src/features/home/HomePage.tsx'];

const manifest = JSON.parse(await readFile('dist/.vite/manifest.json', 'utf8'));

function filesOf(name, seen) {
  const chunk = manifest[name];
  if (chunk === undefined) {
    throw new Error(`${name} is not in the manifest; check FIRST_PAGES`);
  }
  if (seen.has(chunk.file)) {
    return seen;
  }
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) {
    seen.add(css);
  }
  for (const imported of chunk.imports ?? []) {
    filesOf(imported, seen);
  }
  return seen;
}

async function gzipped(file) {
  const compressed = await stat(`dist/${file}.gz`).catch(() => stat(`dist/${file}`));
  return compressed.size / 1024;
}

const files = FIRST_PAGES.reduce((seen, name) => filesOf(name, seen), new Set());
const sizes = await Promise.all([...files].map(async (file) => [file, await gzipped(file)]));
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [file, size] of sizes.sort((a, b) => b[1] - a[1]).slice(0, 6)) {
  process.stdout.write(`  ${size.toFixed(0).padStart(5)} kB  ${file}\n`);
}
process.stdout.write(`first load: ${total.toFixed(0)} kB gzipped of ${BUDGET_KB} kB\n`);
if (total > BUDGET_KB) {
  process.stderr.write('The first load is over its budget: put what the first pages do not need behind a lazy import.\n');
  process.exit(1);
}
