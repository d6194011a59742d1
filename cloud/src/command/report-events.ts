// What `detect` prints of events: what happened, when, why, and what to do next.
import { counted } from './counted.ts';
import type { Column, RowEvent } from './find-events.ts';

export interface EventReport extends Column {
  readonly file: string;
  readonly events: readonly RowEvent[];
  /** Rows that were not later than the one before. */
  readonly leftOut: number;
}

/** Longer lists are for programs: those take JSON. */
const maxEvents = 20;

/** Episodes as a person should read them: what, when, why, and what to do next. */
export function reportEvents(
  { file, name, values, times, events, leftOut }: EventReport,
  plot?: string,
): string {
  const place = (index: number) =>
    times === undefined ? `row ${index}` : `${new Date(times[index]!).toISOString().slice(0, 16)}Z`;
  const count = (kind: string) => events.filter(({ event }) => event.kind === kind).length;
  const missing = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  const unmeasured = missing === 0 ? '' : ` (${missing} missing)`;
  const disordered =
    leftOut === 0
      ? ''
      : `${counted(leftOut, 'row is', 'rows are')} not later than the one before and left out.\n`;
  const head = `${file}, ${name}: ${values.length} values${unmeasured}, ${counted(count('process'), 'process event')}, ${counted(count('fault'), 'fault')}.\n${disordered}`;
  const lines = events.slice(0, maxEvents).map(({ start, end, count: rows, isOpen, event }) => {
    const until = isOpen
      ? 'still going on'
      : end === start
        ? 'one value'
        : `to ${place(end)}, ${rows} values`;
    return `\n${event.kind === 'fault' ? 'Fault' : 'Process'}: ${event.cause}, ${place(start)}, ${until}\n  ${event.evidence[0]?.text ?? ''}\n`;
  });
  const rest = events.length - lines.length;
  const more = rest > 0 ? `\nand ${rest} more; --json has all of them\n` : '';
  const next =
    plot === undefined
      ? 'See them in the series: add --plot series.svg and open it in a browser.'
      : `Look at ${plot} in a browser.`;
  return `${head}${lines.join('')}${more}\nNext:\n- ${next}\n`;
}
