// Puts a .br and a .gz beside every text file of dist, so that the server compresses nothing while it serves.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXT = /\.(js|css|html|svg|json|txt|webmanifest)$/;
const WORTH_IT = 1024;

for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.test(entry.name)) {
    continue;
  }
  // index.html gets a nonce per answer and is therefore sent as it is.
  const path = `${entry.parentPath}/${entry.name}`;
  const content = await readFile(path);
  if (entry.name === 'index.html' || content.length < WORTH_IT) {
    continue;
  }
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
  await writeFile(
    `${path}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  );
}
