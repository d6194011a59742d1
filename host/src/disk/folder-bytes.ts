// How much of the disk a folder takes.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The size of the files in a folder, without folders in it. */
export function folderBytes(folder: string): number {
  let bytes = 0;
  // A file may go between the listing and the look: LevelDB compacts in a thread of its own.
  for (const name of readdirSync(folder)) {
    bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
