// A file that is open for reading, and whether it is the one that a checkpoint is in.
import { type FileHandle, open } from 'node:fs/promises';
import type { Checkpoint } from './checkpoint.ts';

/** So much of what was read last tells a file from another one. */
const telling = 64;
/** Less than this may stand in any file, as a heading does. */
const tellingEnough = 16;
/** Two files that are the same so far are one and its copy: rows have times, and no two are alike. */
const beginning = 4_096;

export class OpenedFile {
  readonly inode: string;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, inode: string) {
    this.#handle = handle;
    this.inode = inode;
  }

  /** Undefined when there is no file. @throws Error of the system for anything else */
  static async open(path: string): Promise<OpenedFile | undefined> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new Error(`${path} is no file`);
      return new OpenedFile(handle, String(stats.ino));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  /** When it was written last, in milliseconds since 1970 by the clock of its disk. */
  async writtenAt(): Promise<number> {
    return (await this.#handle.stat()).mtimeMs;
  }

  /** Whether one of the two is a copy of the other, as it was or as it is. */
  async isCopyOf(other: OpenedFile): Promise<boolean> {
    const [mine, its] = await Promise.all([this.read(0, beginning), other.read(0, beginning)]);
    const length = Math.min(mine.length, its.length);
    return mine.subarray(0, length).equals(its.subarray(0, length));
  }

  /** At most so many bytes from there. */
  async read(from: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(length), 0, length, from);
    return buffer.subarray(0, bytesRead);
  }

  /** What stands before the offset, as a checkpoint keeps it. */
  async before(offset: number): Promise<string> {
    const length = Math.min(telling, offset);
    return (await this.read(offset - length, length)).toString('base64');
  }

  /** Whether what was read before the checkpoint still stands there. */
  async isOf(checkpoint: Checkpoint): Promise<boolean> {
    return (
      (await this.size()) >= checkpoint.offset && (await this.before(checkpoint.offset)) === checkpoint.before
    );
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Whether a checkpoint says enough to know its file by what stands in it. */
export function isTelling(checkpoint: Checkpoint): boolean {
  return Buffer.from(checkpoint.before, 'base64').length >= tellingEnough;
}
