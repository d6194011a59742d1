// A simulated borehole as a sensor that publishes to a broker.
import { count, showProgress } from '../progress.ts';
import { pace } from '../replay/pace.ts';
import { publishReadings } from '../replay/publisher.ts';
import { type BoreholeCommandOptions, generate } from './borehole-steps.ts';
import { concludePublication, linkReporter } from './publish.ts';
import type { ExitCode } from './run.ts';

export async function publishBorehole(
  options: BoreholeCommandOptions,
  to: { readonly broker: string; readonly sensor: string },
  signal: AbortSignal,
): Promise<ExitCode> {
  const steps = options.count ?? Number.POSITIVE_INFINITY;
  const startAt = options.start ?? Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const walked = { steps: 0 };
  let acknowledged = 0;
  const progress = showProgress({
    stream: process.stdout,
    done: 'acknowledged',
    sample: () => ({ part: walked.steps, total: options.count, readings: acknowledged }),
  });
  try {
    const summary = await publishReadings(
      pace(generate(options, startAt, steps, walked), { speed: options.speed, signal }),
      {
        brokerUrl: to.broker,
        sensor: to.sensor,
        window: options.window,
        unreachableAfterMs: options.timeout,
        signal,
        onAcknowledged: () => {
          acknowledged++;
        },
        onLink: linkReporter(to.broker, progress),
      },
    );
    progress.stop();
    process.stdout.write(
      `${count(summary.published)} published, ${count(summary.acknowledged)} acknowledged\n`,
    );
    return concludePublication(summary, { brokerUrl: to.broker, timeoutMs: options.timeout });
  } finally {
    progress.stop();
  }
}
