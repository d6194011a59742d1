#!/usr/bin/env node
// Starts the built program; there from the first `npm ci` on, so that npx finds it.
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  console.error(
    'wellhead-cloud is not built yet: run `npm run build` first (`npm start` does it by itself).',
  );
  process.exitCode = 1;
}
