// wellhead-cloud analyse: events in the history that the store holds.
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { explain } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { runHistory } from '../analysis/history/run-history.ts';
import { parseInstant } from '../api/request/instant.ts';
import { type LoadedConfig, loadCloudConfig } from '../config/load.ts';
import type { FoundEvent, StoredEvent } from '../event/stored-event.ts';
import { duckdbFile, openStore } from '../role/open-store.ts';
import type { ReadingStore } from '../store/reading-store.ts';
import { showProgress } from './show-progress.ts';

interface AnalyseOptions {
  readonly from?: number;
  readonly to?: number;
  readonly site?: string;
  readonly sensor?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function analyseCommand(): Command {
  return new Command('analyse')
    .description('Look for events in the history that the store holds, and write them there.')
    .option(
      '--from <time>',
      'first moment, such as 2026-01-01; whole quarters of years are looked at',
      instant,
    )
    .option('--to <time>', 'the moment after the last', instant)
    .option('--site <name>', 'this site only')
    .option('--sensor <name>', 'sensors of this name only')
    .option('--dry-run', 'say what is found, write nothing')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      `
The configuration is that of the cloud: wellhead-cloud analyse --config FILE.
Printed is what has changed; the same once more changes nothing. A store in DuckDB is open to
one program at a time: stop the cloud first. One in Elasticsearch may be in use.`,
    )
    .action(async (options: AnalyseOptions, command: Command) => {
      const { config } = command.optsWithGlobals<{ config?: string }>();
      process.exitCode = await analyse(config, options);
    });
}

async function analyse(file: string | undefined, options: AnalyseOptions): Promise<number> {
  let store: ReadingStore | undefined;
  try {
    const loaded = loadCloudConfig(file);
    store = await open(loaded);
    await analyseIn(store, loaded, options);
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return error instanceof WellheadError && error.code.startsWith('CONFIG_') ? 2 : 1;
  } finally {
    await store?.close();
  }
}

async function open({ config, data, beside }: LoadedConfig): Promise<ReadingStore> {
  if (config.store.kind === 'duckdb' && !existsSync(duckdbFile(data)))
    throw new WellheadError('STORE_OPEN', `there is no data at ${data} yet`, {
      hint: 'Give the file of the cloud whose history is meant: wellhead-cloud analyse --config FILE. Its key data says where the data lie; a path in it counts from the folder of the file.',
    });
  try {
    return await openStore(config.store, {
      data,
      beside,
      onTrouble: ({ reason }) => void process.stderr.write(`the store is waited for: ${reason}\n`),
    });
  } catch (error) {
    const isInUse =
      config.store.kind === 'duckdb' && error instanceof WellheadError && /lock/i.test(error.message);
    if (!isInUse) throw error;
    throw new WellheadError(
      'STORE_OPEN',
      'the store is open in another program, most likely in the running cloud',
      {
        cause: error.cause,
        hint: 'Stop the cloud, run this again, and start the cloud again: gateways keep their readings meanwhile.',
      },
    );
  }
}

async function analyseIn(store: ReadingStore, loaded: LoadedConfig, options: AnalyseOptions): Promise<void> {
  const { config, types, sites } = loaded;
  const { dryRun = false, json = false, ...span } = options;
  const progress = showProgress(process.stderr);
  const counts = new Map<string, number>();
  const say = (text: string) => {
    progress.clear();
    process.stderr.write(`${text}\n`);
  };
  let reported = 0;
  try {
    const history = runHistory({
      store,
      types,
      sites,
      settings: config.analysis,
      span,
      dryRun,
      now: Date.now,
      count: (name, amount) => counts.set(name, (counts.get(name) ?? 0) + amount),
      onTrouble: (message, facts) => say(`${message}: ${JSON.stringify(facts)}`),
      onProgress: progress.update,
    });
    for await (const events of history) {
      reported += events.length;
      if (events.length > 0) progress.clear();
      for (const event of events) await write(json ? JSON.stringify(event) : lineOf(event));
    }
  } finally {
    progress.stop();
  }
  const readings = counts.get('analysis_readings_total') ?? 0;
  say(
    `${readings} readings looked at, ${reported} events ${dryRun ? 'found' : 'new, changed or withdrawn'}.`,
  );
}

function lineOf(event: FoundEvent | StoredEvent): string {
  const { id, site, sensors, kind, explanation } = event;
  const isWithdrawn = 'withdrawn' in event && event.withdrawn;
  return `${id}  ${site}/${sensors.join('+')}  ${isWithdrawn ? 'withdrawn' : kind}  ${explanation}`;
}

/** Waits where the reader of a pipe is slower. */
async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) while (process.stdout.writableNeedDrain) await pause(5);
}

function instant(text: string): number {
  const time = parseInstant(text);
  if (time === undefined)
    throw new InvalidArgumentError(
      'Write a time such as 2024-05-01 or 2024-05-01T12:00Z (no zone means UTC).',
    );
  return time;
}
