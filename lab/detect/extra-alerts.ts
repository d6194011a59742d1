import type { Span } from './series.ts';
import type { FoundEvent } from './system.ts';

/**
 * Process alerts that runs of zeros caused: those that share a moment with a run, and those that the same
 * series without the runs does not have.
 */
export function extraAlerts(
  found: readonly FoundEvent[],
  twin: readonly FoundEvent[],
  runs: readonly Span[],
  tolerance: number,
): FoundEvent[] {
  const usual = twin.filter(({ kind }) => kind === 'process');
  const isUsual = ({ start, end, properties }: FoundEvent) =>
    usual.some(
      (other) =>
        start <= other.end + tolerance &&
        end >= other.start - tolerance &&
        other.properties.some((name) => properties.includes(name)),
    );
  return found.filter(
    (event) =>
      event.kind === 'process' &&
      (runs.some(({ from, to }) => event.start <= to && event.end >= from) || !isUsual(event)),
  );
}
