// Readings as CSV: one header line, one line per reading.
import { isoTime, tags } from '@wellhead/protocol';
import type { ReadingTable, TableCells, Texts } from '../../store/reading-table.ts';
import { causeOf, textOf } from './cell-text.ts';
import type { Layout } from './exported.ts';
import { TextBuffer } from './text-buffer.ts';

/**
 * Lines end with LF. RFC 4180 asks for CRLF, but every reader of tables takes both, while line tools
 * (cut, awk, sort, diff) would carry the CR into the last column.
 */
const lineEnd = 10;
const comma = 44;
const digit = 48;
/** So much goes to the client at once. */
const pieceBytes = 64 * 1024;

const fixedColumns = [
  'measuredAt',
  'seq',
  'origin',
  'revision',
  'receivedAt',
  'storedAt',
  'timeFlag',
  'timeCause',
];

/** The columns of a file, in order. */
export function csvColumns({ properties, namesSensor }: Layout): string[] {
  return [
    ...(namesSensor ? ['sensor'] : []),
    ...fixedColumns,
    ...properties.flatMap((property) => [property, `${property}_flag`, `${property}_cause`]),
  ];
}

export function csvHeader(layout: Layout): string {
  return `${csvColumns(layout).join(',')}\n`;
}

export function csvBuffer(): TextBuffer {
  return new TextBuffer(pieceBytes + pieceBytes / 8);
}

/** The lines of a table, some at a time; tables of one file share the buffer. `sensor`: what each is to name. */
export function* csvLines(table: ReadingTable, out: TextBuffer, sensor?: string): Generator<Buffer> {
  const named = sensor === undefined ? undefined : cell(sensor);
  const origins = cellTexts(table.origins);
  for (let i = 0; i < table.count; i++) {
    if (named !== undefined) {
      out.text(named);
      out.byte(comma);
    }
    out.time(table.measuredAt[i]!, isoTime);
    out.byte(comma);
    out.number(table.seqs[i]!);
    out.byte(comma);
    out.text(origins.get(table.origins.ids[i]!)!);
    out.byte(comma);
    out.number(table.revisions[i]!);
    out.byte(comma);
    out.time(table.receivedAt[i]!, isoTime);
    out.byte(comma);
    out.time(table.storedAt[i]!, isoTime);
    out.byte(comma);
    out.byte(digit + table.timeFlags[i]!);
    out.byte(comma);
    out.text(causeOf(table.timeCauses[i]!) ?? '');
    for (const cells of table.cells) writeCells(out, cells, i);
    out.byte(lineEnd);
    if (out.length >= pieceBytes) yield out.take();
  }
  if (out.length > 0) yield out.take();
}

/** A property that a reading does not name is three empty cells; one without a value has its flag (9). */
function writeCells(out: TextBuffer, { values, flags, causes }: TableCells, index: number): void {
  out.byte(comma);
  const kind = values.kinds[index]!;
  if (kind === tags.absent) {
    out.byte(comma);
    out.byte(comma);
    return;
  }
  if (kind === tags.number) out.number(values.numbers[index]!);
  else if (kind !== tags.null) out.text(cell(defuse(textOf(values, index) ?? '')));
  out.byte(comma);
  out.byte(digit + flags[index]!);
  out.byte(comma);
  out.text(causeOf(causes[index]!) ?? '');
}

/** As cells, each once: there are few, and they come in every line. */
function cellTexts({ ids, byId }: Texts): ReadonlyMap<number, string> {
  return new Map([...new Set(ids)].map((id) => [id, cell(byId[id]!)]));
}

/**
 * Spreadsheets run text that begins with = + - @ (or a tab or CR before them) as a formula, and such text can
 * come from whoever may publish readings. An apostrophe before it stops that. Numbers are never touched, so
 * -1.5 stays a number. Text that begins with an apostrophe gets one more: taking one away always gives the original.
 */
function defuse(text: string): string {
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}

function cell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
