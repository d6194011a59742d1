// Lines of a followed file: headings, readings, and what is neither.
import type { SensorType } from '@wellhead/protocol';
import type { Decoded } from '../../decode/message.ts';
import {
  isHeading,
  layOut,
  needsHeading,
  readRow,
  splitLine,
  type TableMapping,
} from '../../decode/table-row.ts';

/** What is known of a file from the lines before. */
export interface Beginning {
  /** Lines so far. */
  line: number;
  heading?: readonly string[] | undefined;
  /** Readings have begun: what comes now is no heading. */
  hasRows: boolean;
}

/** Undefined: nothing to be read, and nothing lost. */
export type ReadLine = (text: string, beginning: Beginning) => Decoded | undefined;

export interface LineOptions {
  readonly type: SensorType;
  readonly mapping: TableMapping;
  /** Lines before the table or its heading. */
  readonly skip: number;
}

/** Reads one line after the other; notes in `beginning` what the next ones need. */
export function createLineReader({ type, mapping, skip }: LineOptions): ReadLine {
  const wantsHeading = needsHeading(mapping);
  const fixed = wantsHeading ? undefined : layOut(mapping);
  return (text, beginning) => {
    beginning.line++;
    if (text.trim() === '' || (beginning.line <= skip && !beginning.hasRows)) return undefined;
    const cells = splitLine(text, mapping.delimiter);
    if (cells === undefined) return { reason: 'bad-frame', detail: 'a quote is not closed' };
    const { heading } = beginning;
    // Some loggers write their heading again whenever they are switched on.
    if (
      heading !== undefined &&
      cells.length === heading.length &&
      cells.every((cell, i) => cell === heading[i])
    )
      return undefined;
    if (!beginning.hasRows && isHeading(cells, mapping)) {
      // Units and the like may follow below it.
      if (!wantsHeading || !('lacks' in layOut(mapping, cells))) beginning.heading = cells;
      return undefined;
    }
    const layout = fixed ?? (heading === undefined ? { lacks: undefined } : layOut(mapping, heading));
    if ('lacks' in layout)
      return {
        reason: 'bad-frame',
        detail: `no heading before it has the columns ${mapping.time.join(' and ')}`,
      };
    const decoded = readRow(cells, layout, type, mapping);
    if (!('reason' in decoded)) beginning.hasRows = true;
    return decoded;
  };
}
