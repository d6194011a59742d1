// A look at a CSV file before it is read: its columns, and how large it is.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type SensorType, WellheadError } from '@wellhead/protocol';
import { detectDelimiter, splitLine } from './cells.ts';
import { headerLayout, isHeader, type Layout, loggerLayout, parseColumns } from './columns.ts';
import { readLines } from './lines.ts';

/** A file that was looked at: where its columns are and how large it is. */
export interface CsvFile {
  readonly path: string;
  readonly bytes: number;
  readonly delimiter: string;
  readonly layout: Layout;
}

export interface CsvOptions {
  readonly type: SensorType;
  /** The columns as `--columns` names them, instead of the header or the usual order. */
  readonly columns?: string;
  /** The header's name of the time column, where it has an unusual one. */
  readonly timeColumn?: string;
}

/** Text editors mark UTF-8 so; it is no part of the first cell. */
export const byteOrderMark = '\ufeff';

/**
 * Looks at the first line of a file to learn its layout; reads nothing more.
 * @throws WellheadError CONFIG_UNREADABLE when the file cannot be read, CONFIG_INVALID when its header is unclear
 */
export async function openCsvFile(path: string, options: CsvOptions): Promise<CsvFile> {
  let bytes: number;
  let first: string;
  try {
    bytes = (await stat(path)).size;
    first = await firstLineOf(path);
  } catch (cause) {
    throw new WellheadError('CONFIG_UNREADABLE', `cannot read ${path}: ${(cause as Error).message}`, {
      cause,
      hint: 'Check that the file exists and that this user may read it.',
    });
  }
  const delimiter = detectDelimiter(first);
  const split = splitLine(first, delimiter);
  const cells = 'cells' in split ? split.cells : [];
  try {
    return { path, bytes, delimiter, layout: layoutOf(cells, options) };
  } catch (error) {
    if (!(error instanceof WellheadError) || error.message.startsWith('--')) throw error;
    throw new WellheadError(error.code, `${path}: ${error.message}`, { cause: error, hint: error.hint });
  }
}

function layoutOf(firstLine: readonly string[], options: CsvOptions): Layout {
  const hasHeader = isHeader(firstLine);
  if (options.columns !== undefined) return { ...parseColumns(options.columns, options.type), hasHeader };
  if (hasHeader) return headerLayout(firstLine, options.type, options.timeColumn);
  return loggerLayout(firstLine, options.type);
}

async function firstLineOf(path: string): Promise<string> {
  for await (const line of readLines(createReadStream(path))) {
    const text = line.text.replace(byteOrderMark, '');
    if (text.trim() !== '') return text;
  }
  return '';
}
