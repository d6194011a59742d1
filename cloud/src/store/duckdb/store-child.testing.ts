import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./write-until-killed.testing.ts', import.meta.url));

/** What the writing child says of one write. */
export interface ChildLine {
  readonly resolved?: number;
  readonly failed?: number;
  readonly repeated?: number;
  readonly readings?: number;
}

/** A process of its own that writes to a store, for what only a whole process can show. */
export class StoreChild {
  readonly lines: ChildLine[] = [];
  readonly process: ChildProcess;
  readonly #exited: Promise<unknown>;
  #stderr = '';
  #onLine: () => void = () => undefined;

  /** @param wrap puts a command before the child's own, such as one that limits it */
  constructor(path: string, firstWrite: number, wrap: readonly string[] = []) {
    const command = [
      ...wrap,
      process.execPath,
      '--import',
      'tsx',
      program,
      'write',
      path,
      String(firstWrite),
    ];
    this.process = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exited = once(this.process, 'exit');
    this.process.stderr!.on('data', (text) => {
      this.#stderr += text;
    });
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as ChildLine);
      this.#onLine();
    });
    this.process.on('exit', () => this.#onLine());
  }

  get lastResolved(): number {
    return this.lines.findLast(({ resolved }) => resolved !== undefined)?.resolved ?? 0;
  }

  /** Waits until the child has said what is waited for. */
  async until(heard: (lines: readonly ChildLine[]) => boolean): Promise<void> {
    while (!heard(this.lines)) {
      if (this.process.exitCode !== null) throw new Error(`the child ended early: ${this.#stderr}`);
      await new Promise<void>((resolve) => {
        this.#onLine = resolve;
      });
    }
  }

  /** Ends the child without a chance to tidy up, and waits until it is gone and all it said is read. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.#exited;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
