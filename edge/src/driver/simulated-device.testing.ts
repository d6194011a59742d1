// Starts the simulator's instruments as a process of their own, for the tests of drivers.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SimulatedDevice {
  readonly port: number;
  /** Words to the instrument, as `silence 2`; resolves when they are obeyed. */
  say(words: string): Promise<void>;
  close(): Promise<void>;
}

const simulator = fileURLToPath(new URL('../../../sim/dist/main.js', import.meta.url));

/** Whether serial ports can be simulated on this machine. */
export const hasPseudoTerminals = spawnSync('socat', ['-V']).status === 0;

export async function startDevice(...args: string[]): Promise<SimulatedDevice> {
  const child = spawn(process.execPath, [simulator, 'device', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const waiting: ((line: string) => void)[] = [];
  lines.on('line', (line) => waiting.shift()?.(line));
  const next = () =>
    Promise.race([
      new Promise<string>((resolve) => waiting.push(resolve)),
      exited.then(() => {
        throw new Error(`the simulated device ended: ${args.join(' ')}`);
      }),
    ]);
  const said = await next();
  return {
    port: Number(/:(\d+)/.exec(said)![1]),
    async say(words) {
      const done = next();
      child.stdin.write(`${words}\n`);
      const answer = await done;
      if (answer !== `done: ${words}`) throw new Error(answer);
    },
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
