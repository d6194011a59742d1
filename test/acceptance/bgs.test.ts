// The real boreholes, from their files through simulator, gateway and cloud to the API, by the programs' commands.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, repository, startProgram, until } from '../harness/program.ts';

const folder = join(repository, '../shared/data/bgs');
const sensors = ['emb2', 'emb3'] as const;
const properties = ['sec', 'ph', 'water_level', 'water_temperature', 'total_dissolved_gas'] as const;

interface Reading {
  readonly measuredAt: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly flags: Readonly<Record<string, number>>;
  readonly causes: Readonly<Record<string, string>>;
}

function filesOf(sensor: string): string[] {
  return readdirSync(join(folder, sensor))
    .sort()
    .map((name) => join(folder, sensor, name));
}

describe.skipIf(!existsSync(folder))(
  'boreholes of the BGS (skipped where ../shared/data/bgs is not there)',
  () => {
    it('arrive row by row with the values of the file, missing codes flagged 9 and dropouts 4', {
      timeout: 120_000,
    }, async () => {
      const place = makeFolder('bgs');
      const [cloudPort, sensorPort, httpPort, healthPort] = await Promise.all([
        freePort(),
        freePort(),
        freePort(),
        freePort(),
      ]);
      const cloud = await startProgram('cloud', place.path, {
        data: './cloud',
        broker: { port: cloudPort },
        http: { port: httpPort },
      });
      const gateway = await startProgram('edge', place.path, {
        site: 'lancashire',
        gateway: 'gw1',
        data: './edge',
        uplink: { url: `mqtt://127.0.0.1:${cloudPort}` },
        broker: { port: sensorPort },
        health: { port: healthPort },
        sensors: sensors.map((id) => ({ id, type: 'groundwater' })),
      });
      try {
        for (const sensor of sensors) {
          const { code, output } = await run('sim/dist/main.js', [
            'replay',
            ...filesOf(sensor),
            '--type',
            'groundwater',
            '--sensor',
            sensor,
            '--broker',
            `mqtt://127.0.0.1:${sensorPort}`,
            '--speed',
            'max',
          ]);
          expect(output).toMatch(/0 bad lines/);
          expect(code).toBe(0);
        }
        await until('all to be delivered', async () => {
          const { undelivered } = await getJson<{ undelivered: number }>(
            `http://127.0.0.1:${healthPort}/health`,
          );
          const { log } = await getJson<{ log: { lag: number } }>(`http://127.0.0.1:${httpPort}/health`);
          return undelivered === 0 && log.lag === 0;
        });
        for (const sensor of sensors) {
          const { readings, next } = await getJson<{ readings: Reading[]; next: string | null }>(
            `http://127.0.0.1:${httpPort}/api/v1/readings?site=lancashire&sensor=${sensor}&limit=10000`,
          );
          expect(next).toBeNull();
          // Counted another way: the cells as text, with no parser of ours.
          const text = filesOf(sensor)
            .map((file) => readFileSync(file, 'latin1'))
            .join('');
          const rows = text.split('\r\n').filter((line) => line !== '');
          expect(readings).toHaveLength(rows.length);
          const byTime = new Map(readings.map((reading) => [reading.measuredAt, reading]));
          for (const row of rows) {
            const [date, time, ...cells] = row.split(',');
            const reading = byTime.get(`${date}T${time}.000Z`);
            for (const [p, property] of properties.entries()) {
              const cell = cells[p]!;
              expect(reading?.values[property], `${sensor} ${date} ${time} ${property}`).toBe(
                cell === '(na)' ? '(na)' : Number(cell),
              );
            }
          }
          for (const [p, property] of properties.entries()) {
            const cells = rows.map((row) => row.split(',')[p + 2]!);
            const count = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length;
            const flagged = (flag: number) => readings.filter((reading) => reading.flags[property] === flag);
            expect(flagged(9), `${sensor} ${property} missing`).toHaveLength(
              count(/^\(na\)$|^99999(\.0+)?$/),
            );
            const dropouts = flagged(4).filter(({ causes }) =>
              ['dropout', 'logger-dropout'].includes(causes[property] ?? ''),
            );
            expect(dropouts, `${sensor} ${property} dropout`).toHaveLength(count(/^0(\.0+)?$/));
          }
        }
      } finally {
        await gateway.kill();
        await cloud.kill();
        place.remove();
      }
    });
  },
);

function run(program: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(repository, program), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('exit', (code) => resolve({ code, output }));
  });
}
