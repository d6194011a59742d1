import { cpus, totalmem } from 'node:os';

/** What it ran on, in the words of the bench. */
export function machineText(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${memory} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
