// Frames of instruments that speak in text: between a start and an end, or of a fixed length.
import type { LookFor } from './look.ts';

export interface TextFraming {
  readonly start?: string | undefined;
  /** Left out: a line feed, unless there is a length. */
  readonly end?: string | undefined;
  readonly length?: number | undefined;
  /** More bytes without an end are noise. */
  readonly max: number;
}

/**
 * Looks for frames; it remembers whether it is behind noise that was too long, so each stream of bytes has its
 * own. `isWhole` false: the first bytes are the rest of a frame that began before, and are passed over.
 */
export function createTextFramer(framing: TextFraming, isWhole: boolean): LookFor<string> {
  const start = latin1(framing.start ?? '');
  const { length, max } = framing;
  const end = length === undefined ? latin1(framing.end ?? '\n') : undefined;
  // A start tells where frames begin; without one only an end does.
  let isSkipping = !isWhole && start.length === 0;
  return (bytes) => {
    const from = find(bytes, start, 0);
    if (from === undefined) {
      const hopeful = Math.min(bytes.length, start.length - 1);
      return bytes.length > hopeful ? { discard: bytes.length - hopeful } : undefined;
    }
    if (from > 0) return { discard: from };
    if (end === undefined) {
      // Frames of fixed length without a start cannot be found again by themselves: what is at hand is dropped.
      if (isSkipping) {
        isSkipping = false;
        return { discard: bytes.length };
      }
      return bytes.length < length! ? undefined : { frame: text(bytes, 0, length!), from: 0, to: length! };
    }
    const at = find(bytes, end, start.length);
    if (at === undefined) {
      if (bytes.length <= max) return undefined;
      isSkipping = start.length === 0;
      return { discard: start.length === 0 ? bytes.length : 1 };
    }
    const to = at + end.length;
    if (isSkipping || at > max) {
      isSkipping = false;
      return { discard: to };
    }
    // A start inside a frame: the frame before it was cut short.
    const again = start.length === 0 ? undefined : findLast(bytes, start, at);
    if (again !== undefined && again > 0) return { discard: again };
    return { frame: text(bytes, 0, to), from: 0, to };
  };
}

function find(bytes: Uint8Array, what: Uint8Array, from: number): number | undefined {
  for (let i = from; i + what.length <= bytes.length; i++) if (isAt(bytes, what, i)) return i;
  return undefined;
}

function findLast(bytes: Uint8Array, what: Uint8Array, before: number): number | undefined {
  for (let i = before - what.length; i >= 0; i--) if (isAt(bytes, what, i)) return i;
  return undefined;
}

function isAt(bytes: Uint8Array, what: Uint8Array, at: number): boolean {
  for (let i = 0; i < what.length; i++) if (bytes[at + i] !== what[i]) return false;
  return true;
}

/** Bytes one to one: instruments of this kind know no UTF-8, and noise must stay visible. */
export function latin1(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0) & 0xff);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  let all = '';
  for (let i = from; i < to; i++) all += String.fromCharCode(bytes[i]!);
  return all;
}
