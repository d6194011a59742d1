// Builds one bundle per program into its dist folder, and the dashboard into cloud/web/dist.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

// Native parts and what finds files beside itself stay packages; everything else goes into the bundle.
const external = [
  'level',
  'classic-level',
  '@duckdb/*',
  '@elastic/elasticsearch',
  'apache-arrow',
  'serialport',
  'pino',
];
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

const programs = ['edge', 'cloud', 'sim'].filter((name) => existsSync(`${name}/src/main.ts`));
const bundles = programs.map((name) => [`${name}/src/main.ts`, `${name}/dist/main.js`]);
// The threads of the analysis start from a file of their own, beside the program.
bundles.push(['cloud/src/analysis/worker/detector-worker.ts', 'cloud/dist/detector-worker.js']);
await Promise.all(
  bundles.map(([entry, outfile]) =>
    build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      sourcemap: true,
      external,
      banner,
      logLevel: 'warning',
    }),
  ),
);

if (existsSync('cloud/web/src/main.tsx')) {
  const { metafile } = await build({
    entryPoints: { app: 'cloud/web/src/main.tsx', offline: 'cloud/web/src/offline.ts' },
    outdir: 'cloud/web/dist',
    bundle: true,
    // Views other than the first are files of their own, loaded when somebody goes there.
    splitting: true,
    chunkNames: 'part-[hash]',
    metafile: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    logLevel: 'warning',
  });
  const made = new Set(Object.keys(metafile.outputs).map((path) => path.split('/').at(-1)));
  for (const name of readdirSync('cloud/web/dist'))
    if (name.startsWith('part-') && !made.has(name.replace(/\.(gz|br)$/, '')))
      rmSync(`cloud/web/dist/${name}`);
  cpSync('cloud/web/public', 'cloud/web/dist', { recursive: true });
  // Packed once here, so that the server packs nothing when a page is asked for.
  for (const name of readdirSync('cloud/web/dist').filter((entry) => /\.(js|css|html|svg)$/.test(entry))) {
    const file = `cloud/web/dist/${name}`;
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  }
}
