#!/usr/bin/env node
// The command line of the gateway.
import { createRequire } from 'node:module';
import { explain, openLog, runProgram } from '@wellhead/host';
import { Command } from 'commander';
import { loadEdgeConfig } from './config/load.ts';
import { startGateway } from './gateway.ts';
import { registerProbe } from './probe/command.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const program = new Command('wellhead-edge')
  .description(
    'The gateway: reads sensors, checks and keeps every reading, forwards it when the link allows.',
  )
  .version(version)
  .enablePositionalOptions()
  .option('-c, --config <file>', 'YAML file with site, gateway, uplink and sensors')
  .option('--check', 'read and check the configuration, say what is wrong, start nothing')
  .addHelpText(
    'after',
    `
A smallest configuration (gateway.yaml):

  site: lancashire
  gateway: gw1
  uplink: { url: "mqtt://127.0.0.1:1883" }
  sensors:
    - { id: borehole-2, type: groundwater }

Sensors then publish to port 1884, topic sensors/borehole-2, for instance
  {"measuredAt":"2026-01-31T12:00:00Z","water_level":16.38,"ph":7.2}
and their PUBACK comes when the reading is on the disk.

All keys: docs/reference/edge-config.md
"wellhead-edge probe --help" explains how to look at serial ports and instruments.`,
  );

program.action(async ({ config: file, check }: { config?: string; check?: boolean }) => {
  // Not declared as required: commander would ask `probe` for it too.
  if (file === undefined) return program.error("error: required option '-c, --config <file>' not specified");
  if (!check) return runProgram(() => startGateway(loadEdgeConfig(file), openLog('wellhead-edge'), version));
  try {
    const { config } = loadEdgeConfig(file);
    process.stdout.write(
      `${file} is good: ${config.site}/${config.gateway}, sensors: ${config.sensors.length}\n`,
    );
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 2;
  }
});
registerProbe(program);
await program.parseAsync();
