// Builds one bundle per program into its dist folder, and the dashboard into cloud/web/dist.
import { existsSync } from 'node:fs';
import { build } from 'esbuild';

// Native parts and what finds files beside itself stay packages; everything else goes into the bundle.
const external = ['level', 'classic-level', '@duckdb/*', 'serialport', 'pino'];
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

const programs = ['edge', 'cloud', 'sim'].filter((name) => existsSync(`${name}/src/main.ts`));
await Promise.all(
  programs.map((name) =>
    build({
      entryPoints: [`${name}/src/main.ts`],
      outfile: `${name}/dist/main.js`,
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
  await build({
    entryPoints: { app: 'cloud/web/src/main.tsx' },
    outdir: 'cloud/web/dist',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    logLevel: 'warning',
  });
}
