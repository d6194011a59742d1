// `wellhead-sim demo`: the whole of Wellhead on one machine, for whoever wants to see it.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { runDemo } from '../demo/demo.ts';
import { readCount } from './option.ts';
import { exitCodes, runCommand } from './run.ts';

interface DemoCommandOptions {
  readonly data: string;
  readonly port: number;
  readonly days: number;
  readonly for?: number;
}

const help = `
Starts a cloud, a gateway and two boreholes on this machine, fills in the history, then goes on at an hour a
second and prints the address of the dashboard. Keys cut the uplink and kill the programs; Ctrl-C stops, and a
second start goes on where the first one ended.

Examples:
  $ npm start
  $ npm start -- --for 60 --port 9000       stop by itself after a minute, dashboard on port 9000`;

/** Adds `demo` to the program. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .summary('show the whole of Wellhead at work')
    .description('Runs the whole of Wellhead on this machine with simulated boreholes.')
    .option('--data <folder>', 'where everything is kept', './demo-data')
    .option('--port <port>', 'port of the dashboard; the next free one if it is taken', readCount, 8080)
    .option('--days <n>', 'days of history', readCount, 60)
    .option('--for <seconds>', 'stop after so many seconds of live running', readCount)
    .addHelpText('after', help)
    .action((options: DemoCommandOptions) =>
      runCommand(async (signal) => {
        await runDemo(
          {
            folder: resolve(options.data),
            port: options.port,
            days: options.days,
            ...(options.for === undefined ? {} : { forSeconds: options.for }),
          },
          signal,
        );
        return exitCodes.done;
      }),
    );
}
