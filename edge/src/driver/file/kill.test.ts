// A gateway that is killed again and again while its file grows and is rotated: every row arrives exactly once.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLevel } from '@wellhead/host';
import { decodeBlock, rowsOf } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { strictReports } from '../../journal/journal.testing.ts';
import { openJournal } from '../../journal/journal.ts';

const program = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));
const kills = 12;
const rotateEvery = 900;
const start = Date.UTC(2026, 0, 31);

it('every row arrives exactly once, whenever the gateway is killed', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wellhead-kill-'));
  const path = join(folder, 'log.csv');
  writeFileSync(path, '');
  const config = join(folder, 'gateway.yaml');
  writeFileSync(
    config,
    stringify({
      site: 's',
      gateway: 'g',
      data: './data',
      uplink: { url: 'mqtt://127.0.0.1:1' },
      broker: { port: 0 },
      health: { port: 0 },
      sensors: [
        { id: 'f1', type: 'river', file: { path: './log.csv', every: '100ms', columns: 'time,stage' } },
      ],
    }),
  );

  let written = 0;
  let files = 0;
  /** What was rotated before a gateway saw the file the first time is no business of it. */
  let isBegun = false;
  const logger = setInterval(() => {
    // Half a row now and the other half with the next ones: what a killed reader sees is cut anywhere.
    for (let i = 0; i < 7; i++, written++) {
      const row = `${new Date(start + written * 1_000).toISOString()},${written / 1_000}\n`;
      if (isBegun && written % rotateEvery === rotateEvery - 1) {
        appendFileSync(path, row.slice(0, 11));
        renameSync(path, join(folder, `log.csv.${++files}`));
        appendFileSync(path, row.slice(11));
      } else appendFileSync(path, row);
    }
  }, 5);

  const run = () => {
    const child = spawn(process.execPath, [program, '--config', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const healthPort = new Promise<number>((resolve) => {
      let log = '';
      child.stderr.on('data', (text: Buffer) => {
        log += text.toString();
        const port = /"health":(\d+).*is running/.exec(log)?.[1];
        if (port !== undefined) resolve(Number(port));
      });
    });
    const last = async () => {
      const response = await fetch(`http://127.0.0.1:${await healthPort}/health`);
      const { sensors } = (await response.json()) as { sensors: { last: number }[] };
      return sensors[0]?.last ?? 0;
    };
    return { child, exited, healthPort, last };
  };
  for (let i = 0; i < kills; i++) {
    const gateway = run();
    await gateway.healthPort;
    while (!isBegun) isBegun = (await gateway.last()) > 0;
    await new Promise((resolve) => setTimeout(resolve, 20 + ((i * 97) % 400)));
    gateway.child.kill('SIGKILL');
    await gateway.exited;
  }
  clearInterval(logger);
  const gateway = run();
  for (const end = Date.now() + 60_000; (await gateway.last()) < written && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 50));
  gateway.child.kill('SIGTERM');
  await gateway.exited;

  const journal = await openJournal({
    db: openLevel(join(folder, 'data', 'journal')),
    newOrigin: () => 'aa',
    defer: setImmediate,
    ...strictReports,
  });
  const { blocks } = await journal.read('f1', 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const stages = blocks.flatMap(({ bytes }) => rowsOf(decodeBlock(bytes))).map(({ values }) => values[0]);
  await journal.close();
  process.stdout.write(`${written} rows in ${files + 1} files, ${kills} kills: ${stages.length} kept\n`);
  expect(files).toBeGreaterThan(1);
  expect(stages).toEqual(Array.from({ length: written }, (_, i) => i / 1_000));
  rmSync(folder, { recursive: true });
});
