// How far a file has been read: enough to find it again after a restart, under another name, and to notice that
// it is another one.
import { z } from 'zod';

const placeSchema = z.object({
  /** Of the file on its disk; on network shares it may change by itself. */
  inode: z.string(),
  /** All before this is durable; it is the beginning of a line. */
  offset: z.number().int().nonnegative(),
  /** What stands before the offset, in base64: where it does not, it is another file. */
  before: z.string(),
  line: z.number().int().nonnegative(),
  heading: z.array(z.string()).optional(),
  hasRows: z.boolean(),
  /** So many bytes of a line that is too long lie before the offset. */
  passedOver: z.number().int().nonnegative(),
  /** The unfinished end of the file before this one, in base64: the first line may be its other half. */
  carried: z.string(),
});

export type Checkpoint = z.infer<typeof placeSchema>;

/** The start of a file that follows on another one. */
export function startOf(inode: string, earlier?: Checkpoint, rest?: Uint8Array): Checkpoint {
  return {
    inode,
    offset: 0,
    before: '',
    line: 0,
    hasRows: false,
    passedOver: 0,
    carried: Buffer.from(rest ?? []).toString('base64'),
    // A logger that is rotated by copying writes its heading once only.
    ...(earlier?.heading === undefined ? {} : { heading: earlier.heading }),
  };
}

export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  return Buffer.from(JSON.stringify(checkpoint));
}

/** Undefined when it cannot be read: the file is then read from its start, and repeats are known by the journal. */
export function readCheckpoint(bytes: Uint8Array | undefined): Checkpoint | undefined {
  if (bytes === undefined) return undefined;
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}
