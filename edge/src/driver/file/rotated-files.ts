// Files beside the one that is followed: what rotation made of it while nobody looked.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Checkpoint } from './checkpoint.ts';
import { isTelling, OpenedFile } from './opened-file.ts';

/** Files in the folder that are looked at. */
const maxBeside = 1_000;

interface Beside {
  readonly name: string;
  readonly inode: string;
  readonly size: number;
  readonly writtenAt: number;
}

/** The checkpoint's file, whatever its name: renamed, or a copy that was made of it. */
export async function findBeside(path: string, checkpoint: Checkpoint): Promise<OpenedFile | undefined> {
  const candidates = (await listBeside(path)).filter(
    ({ inode, size }) => size >= checkpoint.offset && (inode === checkpoint.inode || isTelling(checkpoint)),
  );
  candidates.sort((a, b) => Number(b.inode === checkpoint.inode) - Number(a.inode === checkpoint.inode));
  return openFirst(candidates, (file) => file.isOf(checkpoint));
}

/** The oldest rotated file that was written after this one, for more than one rotation may have gone by. */
export async function findNext(path: string, file: OpenedFile): Promise<OpenedFile | undefined> {
  const after = await file.writtenAt();
  const isRotated = rotatedName(path);
  const candidates = (await listBeside(path)).filter(
    ({ name, inode, writtenAt }) => writtenAt > after && inode !== file.inode && isRotated(basename(name)),
  );
  candidates.sort((a, b) => a.writtenAt - b.writtenAt);
  return openFirst(candidates, async (candidate) => !(await candidate.isCopyOf(file)));
}

async function listBeside(path: string): Promise<Beside[]> {
  const folder = dirname(path);
  const found: Beside[] = [];
  for (const entry of (await readdir(folder)).slice(0, maxBeside)) {
    const name = join(folder, entry);
    // What vanishes meanwhile is not what is looked for.
    const stats = await stat(name).catch(() => undefined);
    if (name === path || stats === undefined || !stats.isFile()) continue;
    found.push({ name, inode: String(stats.ino), size: stats.size, writtenAt: stats.mtimeMs });
  }
  return found;
}

async function openFirst(
  candidates: readonly Beside[],
  isWanted: (file: OpenedFile) => Promise<boolean>,
): Promise<OpenedFile | undefined> {
  for (const { name } of candidates) {
    const file = await OpenedFile.open(name).catch(() => undefined);
    if (file === undefined) continue;
    if (await isWanted(file)) return file;
    await file.close();
  }
  return undefined;
}

/**
 * Names that rotation gives: `log.csv.1`, `log.csv-20260131`, `log-2026-01-31.csv`. Not `log_2.csv`, which may be
 * another station's, and nothing that is packed.
 */
export function rotatedName(path: string): (name: string) => boolean {
  const base = basename(path);
  const end = extname(base);
  const stem = base.slice(0, base.length - end.length);
  return (name) => {
    if (/\.(gz|xz|zst|bz2|zip|lz4)$/i.test(name)) return false;
    if (name.startsWith(base)) return /^[-._~]/.test(name.slice(base.length));
    if (!name.startsWith(stem) || !name.endsWith(end)) return false;
    const middle = name.slice(stem.length, name.length - end.length);
    return /^[-._][\d\-_.:T]{6,}Z?$/.test(middle);
  };
}
