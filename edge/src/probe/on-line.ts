// The line that a probe works on, for a bounded time: one of the command line, or that of a configured sensor.
import { WellheadError } from '@wellhead/protocol';
import type { Bus } from '../driver/serial-bus/bus.ts';
import { guarded, print } from './guarded.ts';
import { busConfigOf, type LineOptions, openProbedBus } from './open-line.ts';
import { readConfiguredSensor } from './read-sensor.ts';

export interface ProbeOptions extends LineOptions {
  readonly for?: number;
  readonly timeout: number;
  readonly config?: string;
  readonly sensor?: string;
  readonly scan?: boolean;
}

/** Opens the line, works on it for a bounded time, and sets the exit code. */
export async function onLine(
  options: ProbeOptions,
  work: (bus: Bus, signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  await guarded(async () => {
    const signal = AbortSignal.timeout(options.for ?? (options.scan ? 120_000 : 10_000));
    const { config: file, sensor: id } = options;
    if (file !== undefined && id !== undefined) return readConfiguredSensor({ file, id }, { print, signal });
    if (file !== undefined || id !== undefined)
      throw new WellheadError('CONFIG_INVALID', '--config and --sensor go together', {
        hint: 'Give both, or neither.',
      });
    const { bus } = openProbedBus(busConfigOf(options), print);
    try {
      await bus.opened(signal);
      return await work(bus, signal);
    } finally {
      await bus.close();
    }
  });
}
