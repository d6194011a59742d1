// `wellhead-edge probe`: for the person at the cable, before anything is configured.
import { type Command, Option } from 'commander';
import { guarded, print } from './guarded.ts';
import { probeHelp } from './help.ts';
import { registerLineKinds } from './line-kinds.ts';
import { listPorts } from './list-ports.ts';
import { readTime } from './option.ts';
import { readConfiguredSource } from './read-source.ts';

/** Adds `probe` and its kinds to the program. */
export function registerProbe(program: Command): void {
  const probe = program
    .command('probe')
    .summary('look at serial ports and what hangs on them')
    .description('Shows serial ports, who answers on them, and every byte.')
    .addHelpText('after', probeHelp.probe)
    .action(() => guarded(showPorts));

  registerLineKinds(probe);
  source(probe, 'http', 'ask the feed of a configured sensor once');
  source(probe, 'file', 'read the newest line of a configured sensor’s file');
}

/** For sources that need a configuration to be read at all. */
function source(probe: Command, name: 'http' | 'file', what: string): void {
  probe
    .command(name)
    .summary(what)
    .description(`To ${what}: the raw text, and the reading it is. The gateway may run meanwhile.`)
    .requiredOption('--config <file>', 'a gateway’s file')
    .requiredOption('--sensor <id>', 'a sensor of that file')
    .addOption(new Option('--for <time>', 'stop after so long').argParser(readTime).default(10_000, '10s'))
    .action((options: { config: string; sensor: string; for: number }) =>
      guarded(() =>
        readConfiguredSource(
          { kind: name, file: options.config, id: options.sensor },
          { print, signal: AbortSignal.timeout(options.for) },
        ),
      ),
    );
}

async function showPorts(): Promise<boolean> {
  const ports = await listPorts();
  for (const port of ports) print(port);
  if (ports.length === 0) print('This machine has no serial port: is the adapter plugged in?');
  return ports.length > 0;
}
