// The readings of CSV files one by one; lines that hold none are told with the reason.
import { createReadStream } from 'node:fs';
import type { Value } from '@wellhead/protocol';
import type { SensorReading } from '../sensor-reading.ts';
import { readCell, splitLine } from './cells.ts';
import type { Layout } from './columns.ts';
import { byteOrderMark, type CsvFile } from './csv-file.ts';
import { type Line, maxLineBytes, readLines } from './lines.ts';
import { parseTime } from './time.ts';

/** A reading and the line it came from. */
export interface FileReading extends SensorReading {
  readonly file: string;
  readonly line: number;
}

/** A line that is no reading, and why. */
export interface BadLine {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** What has been read so far; the reader writes it, others look. */
export interface ReadProgress {
  bytes: number;
  /** Lines that are neither header nor blank: readings and bad lines. */
  rows: number;
  badLines: number;
}

export interface ReadOptions {
  readonly onBadLine?: (bad: BadLine) => void;
  readonly progress?: ReadProgress;
}

/**
 * The readings of the files, in the order given, each line once. Reads only as fast as it is asked, in
 * constant memory. Numbers become numbers, all other cells stay the text they are in the file.
 */
export async function* readCsvReadings(
  files: readonly CsvFile[],
  options: ReadOptions = {},
): AsyncGenerator<FileReading, void, void> {
  const progress = options.progress ?? { bytes: 0, rows: 0, badLines: 0 };
  for (const file of files) {
    const stream = createReadStream(file.path);
    let headerIsDue = file.layout.hasHeader;
    for await (const line of readLines(stream)) {
      progress.bytes += line.bytes;
      const isBlank = !line.isTooLong && line.text.trim().replace(byteOrderMark, '') === '';
      if (isBlank) continue;
      if (headerIsDue) {
        headerIsDue = false;
        continue;
      }
      progress.rows++;
      const result = readRow(file, line);
      if (typeof result === 'object') {
        yield result;
      } else {
        progress.badLines++;
        options.onBadLine?.({ file: file.path, line: line.number, reason: result });
      }
    }
  }
}

/** The reading of one line, or the reason why it is none. */
function readRow(file: CsvFile, line: Line): FileReading | string {
  if (line.isTooLong) return `longer than ${maxLineBytes} bytes`;
  const text = line.number === 1 && line.text.startsWith(byteOrderMark) ? line.text.slice(1) : line.text;
  const split = splitLine(text, file.delimiter);
  if ('problem' in split) return split.problem;
  const { cells } = split;
  const { layout } = file;
  while (cells.length > layout.width && cells[cells.length - 1]!.trim() === '') cells.pop();
  // A row cut short may end in half a number: what is there of it cannot be trusted.
  if (cells.length !== layout.width)
    return `cells: ${cells.length}, expected: ${layout.width} (${columnsOf(layout)})`;
  const time = layout.time.map((column) => cells[column]!.trim()).join(' ');
  const measuredAt = parseTime(time);
  if (measuredAt === undefined) return `cannot read the time "${shorten(time)}"`;
  const values: Record<string, Value> = {};
  for (const { column, name } of layout.properties) values[name] = readCell(cells[column]!);
  return { measuredAt, values, file: file.path, line: line.number };
}

/** The columns in the words of `--columns`, so that they can be copied there and mended. */
function columnsOf({ width, time, properties }: Layout): string {
  const names = Array.from({ length: width }, () => '-');
  const times = time.length === 1 ? ['measuredAt'] : ['date', 'time'];
  time.forEach((column, i) => {
    names[column] = times[i]!;
  });
  for (const { column, name } of properties) names[column] = name;
  return names.join(',');
}

/** Fit for a terminal: damaged lines hold control characters that would do anything to it. */
function shorten(text: string): string {
  const plain = text.replace(/\p{C}/gu, '?');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
