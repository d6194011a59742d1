// Lines of a file with their numbers and sizes, in little memory however large the file is.

/** One line of a file. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without the line end; empty when the line was too long. */
  readonly text: string;
  /** What the line takes in the file, in bytes, with its end. */
  readonly bytes: number;
  readonly isTooLong: boolean;
}

/** A line longer than this is damage, not data: it is given up, and reported. */
export const maxLineBytes = 65_536;

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts a stream of bytes into lines, ended by LF or CRLF. Holds one chunk and at most `maxBytes` of an
 * unfinished line, whatever the size of the file; the bytes of a longer line are dropped as they come.
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number = maxLineBytes,
): AsyncGenerator<Line, void, void> {
  let number = 0;
  let rest: Buffer | undefined;
  let dropped = 0;
  const lineOf = (bytes: Buffer, end: number): Line => {
    const size = bytes.length + dropped + end;
    const isTooLong = dropped > 0 || bytes.length > maxBytes;
    dropped = 0;
    number++;
    const length = bytes[bytes.length - 1] === carriageReturn ? bytes.length - 1 : bytes.length;
    return { number, text: isTooLong ? '' : bytes.toString('utf8', 0, length), bytes: size, isTooLong };
  };

  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const piece = chunk.subarray(from, at);
      from = at + 1;
      const bytes: Buffer = rest === undefined ? piece : Buffer.concat([rest, piece]);
      rest = undefined;
      yield lineOf(bytes, 1);
    }
    if (from === chunk.length) continue;
    const tail = chunk.subarray(from);
    rest = rest === undefined ? tail : Buffer.concat([rest, tail]);
    if (rest.length > maxBytes || dropped > 0) {
      dropped += rest.length;
      rest = undefined;
    }
  }
  if (rest !== undefined || dropped > 0) yield lineOf(rest ?? Buffer.alloc(0), 0);
}
