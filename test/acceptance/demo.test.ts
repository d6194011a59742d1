// The demo as `npm start` runs it: history, live, killed parts, a second start, a taken port.
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../harness/ports.ts';
import { getJson, makeFolder, repository, until } from '../harness/program.ts';

interface Demo {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

function startDemo(...args: string[]): Demo {
  const child = spawn(
    process.execPath,
    [join(repository, 'sim/dist/main.js'), 'demo', '--days', '10', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output, exited: new Promise((resolve) => child.once('exit', resolve)) };
}

const address = (demo: Demo) => /Dashboard +(http:\S+)/.exec(demo.output())?.[1];

async function stored(url: string): Promise<number> {
  const { sensors } = await getJson<{ sensors: { readings: number }[] }>(`${url}/api/v1/sensors`);
  return sensors.reduce((sum, { readings }) => sum + readings, 0);
}

it('fills its history, goes on live, survives kills and a cut, and goes on where it was', {
  timeout: 120_000,
}, async () => {
  const folder = makeFolder('demo');
  const port = await freePort();
  const args = ['--data', folder.path, '--port', String(port)];
  try {
    const first = startDemo(...args);
    const url = await until('the address', () => address(first), 60_000);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const history = await until('the history', async () =>
      (await stored(url)) >= 2 * 10 * 24 - 60 ? stored(url) : undefined,
    );
    const press = (name: string) => {
      const control = new RegExp(`curl -X POST (http:\\S+/${name})`).exec(first.output())![1]!;
      return fetch(control, { method: 'POST' });
    };
    await press('uplink');
    await press('kill-gateway');
    await until('the gateway to be killed', () => first.output().includes('The gateway was killed'));
    await press('kill-cloud');
    await until('the cloud to be killed', () => first.output().includes('The cloud was killed'));
    await press('uplink');
    await until('readings after the kills', async () => (await stored(url)) > history + 10, 60_000);
    first.child.kill('SIGINT');
    expect(await first.exited).toBe(0);
    expect(first.output()).toMatch(/goes on where this run ended/);

    const second = startDemo(...args, '--for', '2');
    await until('the address', () => address(second), 60_000);
    expect(second.output()).toMatch(/Going on where the last run ended/);
    const whole = await until('all readings of the first run', async () =>
      (await stored(url)) > history + 10 ? stored(url) : undefined,
    );
    const { sensors } = await getJson<{
      sensors: { readings: number; origins: { highest: number; missing: unknown[] }[] }[];
    }>(`${url}/api/v1/sensors`);
    expect(whole).toBeGreaterThan(history);
    const sending = sensors.filter(({ readings }) => readings > 0);
    expect(sending).toHaveLength(2);
    for (const { readings, origins } of sending) {
      expect(origins).toHaveLength(1);
      expect(origins[0]!.missing).toEqual([]);
      expect(readings).toBe(origins[0]!.highest);
    }
    expect(await second.exited).toBe(0);
  } finally {
    folder.remove();
  }
});

it('says that the port is taken and picks another', { timeout: 60_000 }, async () => {
  const folder = makeFolder('demo-port');
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  try {
    const demo = startDemo('--data', folder.path, '--port', String(port), '--for', '1');
    expect(await demo.exited).toBe(0);
    expect(demo.output()).toContain(`Port ${port} is taken`);
    expect(address(demo)).not.toContain(`:${port}`);
  } finally {
    taken.close();
    folder.remove();
  }
});

it('ends and says why where a program cannot start, and does not try for ever', {
  timeout: 60_000,
}, async () => {
  const folder = makeFolder('demo-broken');
  writeFileSync(join(folder.path, 'cloud'), 'no folder');
  try {
    const demo = startDemo('--data', folder.path, '--port', String(await freePort()));
    expect(await demo.exited).toBe(2);
    expect(demo.output()).toContain('LOG_OPEN');
    expect(demo.output()).not.toContain('The cloud was ended');
  } finally {
    folder.remove();
  }
});
