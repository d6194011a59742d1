// Where a simulated instrument is reached, and the words that change it while it runs.
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { obey } from '../device/control.ts';
import type { Instrument } from '../device/instrument.ts';
import { openLine } from '../device/line.ts';
import { Switches } from '../device/switches.ts';
import { createRandom } from '../random.ts';
import { readCount } from './option.ts';
import { exitCodes, runCommand } from './run.ts';

export interface LineCommandOptions {
  readonly host: string;
  readonly port: number;
  readonly pty?: string;
  readonly seed: string;
}

/** A kind of instrument with the options that all kinds have. */
export function lineCommand(device: Command, name: string, what: string, text: string): Command {
  return device
    .command(name)
    .summary(what)
    .description(`Stands in for ${what}.`)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'TCP port; 0 takes any free one', readCount, 0)
    .option('--pty <path>', 'make a serial port (pseudo-terminal) here; needs socat')
    .option('--seed <text>', 'which noise', '1')
    .addHelpText('after', text);
}

/** Stands in for the instrument until the program is told to stop. */
export function runOnLine(options: LineCommandOptions, instrument: Instrument): Promise<void> {
  return runCommand(async (signal) => {
    const switches = new Switches();
    const { next } = createRandom(options.seed);
    const line = await openLine({ ...options, instrument, switches, random: next });
    process.stdout.write(
      `listening on ${options.host}:${line.port}${options.pty ? ` and ${options.pty}` : ''}\n`,
    );
    const input = createInterface({ input: process.stdin });
    // One after the other: whoever waits for "done" may rely on it.
    let last = Promise.resolve();
    input.on('line', (words) => {
      last = last.then(async () => {
        const said = await obey(words, { line, switches, instrument });
        if (said !== '') process.stdout.write(`${said}\n`);
      });
    });
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    input.close();
    await last;
    await line.close();
    return exitCodes.done;
  });
}
