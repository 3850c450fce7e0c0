// Writes src/generated/<name>.ts from docs/api/<name>.yaml, so that pages and server cannot disagree unnoticed.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const descriptions = new URL('../../docs/api/', import.meta.url);
const generated = new URL('../src/generated/', import.meta.url);

await mkdir(generated, { recursive: true });
for (const name of ['control', 'gateway', 'engine']) {
  const source = new URL(`${name}.yaml`, descriptions);
  const target = new URL(`${name}.ts`, generated);
  const text = existsSync(source)
    ? astToString(await openapiTS(source))
    : 'export type paths = Record<string, never>;\nexport type components = { schemas: Record<string, never> };\n';
  const before = existsSync(target) ? await readFile(target, 'utf8') : '';
  if (before !== text) {
    await writeFile(target, text);
    process.stdout.write(`generated ${fileURLToPath(target)}\n`);
  }
}
