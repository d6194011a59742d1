// The file of a place: at its path, or beside it under the name that rotation gave it.
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Place } from './place.ts';

/** So much of what was read last tells a file from another one. */
const telling = 64;
/** Less than this may stand in any file, as a heading does. */
const tellingEnough = 16;
/** Files in the folder that are looked at for a rotated one. */
const mostBeside = 1_000;

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

  /** At most so many bytes from there. */
  async read(from: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(length), 0, length, from);
    return buffer.subarray(0, bytesRead);
  }

  /** What stands before the offset, as a place keeps it. */
  async before(offset: number): Promise<string> {
    const length = Math.min(telling, offset);
    return (await this.read(offset - length, length)).toString('base64');
  }

  /** Whether what was read before the place still stands there. */
  async isOf(place: Place): Promise<boolean> {
    return (await this.size()) >= place.offset && (await this.before(place.offset)) === place.before;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Whether a place says enough to know its file by what stands in it. */
export function isTelling(place: Place): boolean {
  return Buffer.from(place.before, 'base64').length >= tellingEnough;
}

/** The place's file in the folder of the path, whatever its name: renamed, or a copy that was made of it. */
export async function findBeside(path: string, place: Place): Promise<OpenedFile | undefined> {
  const folder = dirname(path);
  const names = (await readdir(folder)).slice(0, mostBeside).map((name) => join(folder, name));
  const candidates: { readonly name: string; readonly isSame: boolean }[] = [];
  for (const name of names) {
    // What vanishes meanwhile is not what is looked for.
    const stats = await stat(name).catch(() => undefined);
    if (stats === undefined || !stats.isFile() || stats.size < place.offset || name === path) continue;
    candidates.push({ name, isSame: String(stats.ino) === place.inode });
  }
  candidates.sort((a, b) => Number(b.isSame) - Number(a.isSame));
  for (const { name, isSame } of candidates) {
    if (!isSame && !isTelling(place)) continue;
    const file = await OpenedFile.open(name).catch(() => undefined);
    if (file === undefined) continue;
    if (await file.isOf(place)) return file;
    await file.close();
  }
  return undefined;
}
