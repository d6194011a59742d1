// Bytes of a file to its finished lines; the unfinished one waits in the file.

export interface CutLine {
  /** Without its end; of a line that is too long, its beginning. */
  readonly bytes: Uint8Array;
  /** Where the next line begins, counted from the first of the bytes given. */
  readonly end: number;
  /** What it takes in the file, where it is too long. */
  readonly tooLong?: number;
}

export interface Cut {
  readonly lines: readonly CutLine[];
  /** So many bytes of a line without an end, that is too long already, may be passed over. */
  readonly passOver: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** `passedOver`: so many bytes of the first line were too many and passed over before. */
export function cutLines(bytes: Uint8Array, most: number, passedOver: number): Cut {
  const lines: CutLine[] = [];
  let from = 0;
  let before = passedOver;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, from)) {
    const length = before + at - from;
    const line = bytes.subarray(from, bytes[at - 1] === carriageReturn && at > from ? at - 1 : at);
    lines.push({ bytes: line, end: at + 1, ...(length > most ? { tooLong: length } : {}) });
    from = at + 1;
    before = 0;
  }
  const rest = bytes.length - from;
  return { lines, passOver: before + rest > most ? rest : 0 };
}
