// What a probe prints, and the exit code it ends with, for people and for scripts.
import { explain } from '@wellhead/host';
import { WellheadError } from '@wellhead/protocol';

const exitCodes = { done: 0, nothing: 1, usage: 2 } as const;
export type Print = (line: string) => void;
export const print: Print = (line) => process.stdout.write(`${line}\n`);

/** Does the work and sets the exit code; what is wrong goes to stderr in plain words. */
export async function guarded(work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? exitCodes.done : exitCodes.nothing;
  } catch (error) {
    const isOurs = error instanceof WellheadError;
    process.stderr.write(`${isOurs ? explain(error) : (error as Error).message}\n`);
    process.exitCode = isOurs && error.code.startsWith('CONFIG_') ? exitCodes.usage : exitCodes.nothing;
  }
}

/** Says how many answered, and what to look at where none did. */
export function told(count: number, what: string): boolean {
  print(count === 0 ? `no ${what}: check cable, polarity, baud rate and parity` : `${what}: ${count}`);
  return count > 0;
}
