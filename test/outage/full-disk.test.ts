// A disk that fills up: nothing acknowledged is lost, nothing is corrupted, and it goes on when there is room.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishReadings } from '../../sim/src/replay/publisher.ts';
import type { SensorReading } from '../../sim/src/sensor-reading.ts';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, type Program, startProgram, until } from '../harness/program.ts';
import { compareSensor } from './compare.ts';

const diskMegabytes = 24;
const folder = makeFolder('full-disk');
const disk = join(folder.path, 'disk');
mkdirSync(disk);
const canMount =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m`, 'tmpfs', disk]).status === 0;

const freeBytes = () => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};

/** Takes all the room but a little. */
function fill(leave: number): void {
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, freeBytes() - leave)));
}

function makeRoom(): void {
  rmSync(join(disk, 'filler'));
}

afterAll(() => {
  if (canMount) execFileSync('umount', [disk]);
  folder.remove();
});

describe.skipIf(!canMount)('a full disk (skipped where a small one cannot be mounted)', () => {
  let cloud: Program;
  let gateway: Program;
  let apiUrl: string;
  const ports = { sensors: 0, health: 0 };

  beforeAll(async () => {
    const [cloudPort, httpPort, sensors, health] = await Promise.all([
      freePort(),
      freePort(),
      freePort(),
      freePort(),
    ]);
    Object.assign(ports, { sensors, health });
    apiUrl = `http://127.0.0.1:${httpPort}`;
    cloud = await startProgram('cloud', folder.path, {
      data: join(disk, 'cloud'),
      broker: { port: cloudPort },
      http: { port: httpPort },
      store: { linger: '20ms' },
    });
    gateway = await startProgram('edge', folder.path, {
      site: 'lancashire',
      gateway: 'gw1',
      data: join(disk, 'edge'),
      uplink: {
        url: `mqtt://127.0.0.1:${cloudPort}`,
        resendAfter: '2s',
        retry: { first: '100ms', max: '500ms' },
      },
      broker: { port: sensors },
      health: { port: health },
      sensors: [{ id: 'b1', type: 'groundwater' }],
    });
  });

  afterAll(async () => {
    await gateway.kill();
    await cloud.kill();
  });

  it('of gateway and cloud refuses, keeps what was acknowledged, and takes up again by itself', {
    timeout: 120_000,
  }, async () => {
    const published = new Map<number, SensorReading>();
    const acknowledged = new Set<number>();
    const over = new AbortController();
    async function* source(): AsyncGenerator<SensorReading> {
      for (let i = 0; !over.signal.aborted; i++) {
        // Noise, so that it takes room.
        const values = { sec: 900 + Math.random(), ph: 7 + Math.random(), water_level: 16 + Math.random() };
        const reading = { measuredAt: Date.UTC(2017, 0, 1) + i * 60_000, values };
        published.set(reading.measuredAt, reading);
        yield reading;
      }
    }
    const run = publishReadings(source(), {
      brokerUrl: `mqtt://127.0.0.1:${ports.sensors}`,
      sensor: 'b1',
      window: 50,
      onAcknowledged: ({ measuredAt }) => acknowledged.add(measuredAt),
    });
    await until('the first readings', () => acknowledged.size > 1_000);
    fill(256 * 1024);
    const stuckFor = 1_500;
    let size = -1;
    let since = Date.now();
    await until(
      'acknowledgements to stop',
      () => {
        if (acknowledged.size !== size) {
          size = acknowledged.size;
          since = Date.now();
        }
        return Date.now() - since > stuckFor;
      },
      60_000,
    );
    expect(freeBytes()).toBeLessThan(1024 * 1024);
    makeRoom();
    await until('acknowledgements to go on', () => acknowledged.size > size + 500, 60_000);
    over.abort();
    expect((await run).outcome).toBe('finished');
    await until(
      'everything to be delivered and stored',
      async () => {
        const edge = await getJson<{ undelivered: number }>(`http://127.0.0.1:${ports.health}/health`);
        const { log } = await getJson<{ log: { lag: number } }>(`${apiUrl}/health`);
        return edge.undelivered === 0 && log.lag === 0;
      },
      60_000,
    ).catch(async (error: Error) => {
      const health = [`http://127.0.0.1:${ports.health}/health`, `${apiUrl}/health`].map((url) =>
        fetch(url).then((answer) => answer.text()),
      );
      throw new Error(
        [
          error.message,
          ...(await Promise.all(health)),
          gateway.log().slice(-1500),
          cloud.log().slice(-2500),
        ].join('\n'),
      );
    });
    const comparison = await compareSensor(apiUrl, 'b1', published, acknowledged);
    expect(comparison.examples).toEqual([]);
    expect(comparison).toMatchObject({ lost: 0, doubled: 0, changed: 0, invented: 0, exportDiffers: 0 });
  });
});
