#!/usr/bin/env node
// The command line of the cloud.
import { createRequire } from 'node:module';
import { explain, openLog, runProgram } from '@wellhead/host';
import { Command } from 'commander';
import { startCloud } from './cloud.ts';
import { analyseCommand } from './command/analyse.ts';
import { detectCommand } from './command/detect.ts';
import { loadCloudConfig } from './config/load.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const program = new Command('wellhead-cloud')
  .description('Everything after the link: broker, log, store, API and dashboard, in one process.')
  .version(version)
  .option('-c, --config <file>', 'YAML file; without one everything has its default')
  .option('--check', 'read and check the configuration, say what is wrong, start nothing')
  .addHelpText(
    'after',
    `
Without a file: gateways connect to port 1883, the dashboard is at http://127.0.0.1:8080,
all data lie in ./wellhead-cloud-data.

All keys: docs/reference/cloud-config.md`,
  )
  .addCommand(detectCommand())
  .addCommand(analyseCommand())
  .action(run);

await program.parseAsync();

async function run(options: { config?: string; check?: boolean }): Promise<void> {
  if (!options.check) {
    await runProgram(() => startCloud(loadCloudConfig(options.config), openLog('wellhead-cloud'), version));
    return;
  }
  try {
    const { types, sites } = loadCloudConfig(options.config);
    process.stdout.write(
      `${options.config ?? 'the default configuration'} is good: sensor types: ${types.size}, sites: ${sites.size}\n`,
    );
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 2;
  }
}
