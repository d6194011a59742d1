// What the simulator says of itself, and how it ends when it is used wrongly.
import { Command } from 'commander';
import { exitCodes } from './command/run.ts';

const help = `
Examples:
  $ wellhead-sim borehole --count 720 > january.csv                       a month of hourly readings
  $ wellhead-sim replay january.csv --type groundwater --sensor bh1       send it to the gateway on this machine
  $ wellhead-sim borehole --broker mqtt://127.0.0.1:1884 --sensor bh1 --speed 3600x    one hour each second

"wellhead-sim <command> --help" explains the rest.`;

/** The program without its commands; wrong usage ends it with exit code 2. */
export function createProgram(): Command {
  return new Command('wellhead-sim')
    .description('Stands in for sensors, gateways and bad links, where there are none.')
    .showHelpAfterError('(--help explains how it is used)')
    .addHelpText('after', help)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.usage));
}
