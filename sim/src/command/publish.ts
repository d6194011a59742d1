// What a command says of its connection to the broker, and how it ends.
import type { Progress } from '../progress.ts';
import type { PublishSummary } from '../replay/publisher.ts';
import type { SensorReading } from '../sensor-reading.ts';
import { type ExitCode, exitCodes } from './run.ts';

/** Tells about the connection: the first failure and each loss, not each attempt. */
export function linkReporter(
  brokerUrl: string,
  progress: Progress,
): (link: { isUp: boolean; reason: string }) => void {
  const broker = withoutPassword(brokerUrl);
  let wasUp: boolean | undefined;
  return ({ isUp, reason }) => {
    if (isUp === wasUp) return;
    if (!isUp) progress.note(`No connection to ${broker} (${reason}); trying again, nothing is lost.`);
    else if (wasUp !== undefined) progress.note(`Connected to ${broker}.`);
    wasUp = isUp;
  };
}

/** The exit code of a finished or unfinished publication; says on stderr what to do about the latter. */
export function concludePublication(
  summary: PublishSummary<SensorReading>,
  options: { readonly brokerUrl: string; readonly timeoutMs: number },
): ExitCode {
  if (summary.outcome === 'finished') return exitCodes.done;
  if (summary.outcome === 'stopped') return exitCodes.interrupted;
  const last = summary.unacknowledged[0];
  const from =
    last === undefined
      ? ''
      : ` The first reading not acknowledged is of ${new Date(last.measuredAt).toISOString()}.`;
  process.stderr.write(
    `wellhead-sim: no working connection to ${withoutPassword(options.brokerUrl)} for ${options.timeoutMs / 1000} s ` +
      `(${summary.lastReason}).${from}\n` +
      'Start the gateway, check address, port and password, or wait longer with --timeout. A new run sends all ' +
      'readings again, from the first.\n',
  );
  return exitCodes.unreachable;
}

function withoutPassword(brokerUrl: string): string {
  const url = new URL(brokerUrl);
  if (url.password !== '') url.password = '***';
  return url.href;
}
