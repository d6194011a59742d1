// Writes docs/reference from the schemas and catalogues that the programs themselves use: npm run docs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { detectionPage } from './detection-page.ts';
import { figuresPage } from './figures-page.ts';
import { referencePages } from './reference-pages.ts';

const folder = fileURLToPath(new URL('reference', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(referencePages())) {
  writeFileSync(join(folder, name), text);
  process.stdout.write(`docs/reference/${name}\n`);
}
writeFileSync(fileURLToPath(new URL('figures.md', import.meta.url)), figuresPage());
process.stdout.write('docs/figures.md\n');
writeFileSync(fileURLToPath(new URL('detection.md', import.meta.url)), detectionPage());
process.stdout.write('docs/detection.md\n');
