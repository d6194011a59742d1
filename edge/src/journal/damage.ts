// A block that the disk has damaged costs its own readings and stops nothing.
import { type Block, decodeBlock, WellheadError } from '@wellhead/protocol';

/** Reads a block, or reports it as damaged and goes on: one bad sector must not stop the gateway. */
export function decodeStored(
  key: string,
  bytes: Uint8Array,
  onDamaged: (key: string, error: WellheadError) => void,
): Block | undefined {
  try {
    return decodeBlock(bytes);
  } catch (error) {
    if (!(error instanceof WellheadError)) throw error;
    onDamaged(key, error);
    return undefined;
  }
}
