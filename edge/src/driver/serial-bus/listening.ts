// Hears devices that speak by themselves, and notices when they have fallen silent.
import type { Timers } from '../../clock/timers.ts';
import type { LookFor } from '../../decode/look.ts';
import { ByteBuffer } from './byte-buffer.ts';

export interface Listener<T> {
  /** Called after each opening; not whole: the first bytes are likely the rest of a frame begun before. */
  readonly begin: (isWhole: boolean) => LookFor<T>;
  readonly onFrame: (frame: T) => void;
  /** After this long without a byte the port is opened anew, and this is told. */
  readonly silenceMs: number;
  readonly onSilence: () => void;
}

export interface ListeningHost {
  readonly timers: Timers;
  /** When the wire was opened last, by `timers.uptime`. */
  readonly openedAt: () => number;
  readonly onDiscarded: (count: number) => void;
  /** Opens the wire anew. */
  readonly renew: (reason: string) => void;
}

export interface Listening {
  hear(bytes: Uint8Array): void;
  /** The wire was opened anew: what was begun before is no frame any more. */
  forget(): void;
  stop(): void;
}

/** Bytes that come this soon after opening began before it. */
const alreadyTalkingMs = 100;

export function startListening<T>(
  { begin, onFrame, silenceMs, onSilence }: Listener<T>,
  { timers, openedAt, onDiscarded, renew }: ListeningHost,
): Listening {
  let look: LookFor<T> | undefined;
  let buffer = new ByteBuffer(Number.POSITIVE_INFINITY, onDiscarded);
  let cancel: () => void = () => undefined;
  const watch = () => {
    cancel();
    cancel = timers.after(silenceMs, () => {
      onSilence();
      renew(`silent for ${Math.round(silenceMs / 1000)} s`);
    });
  };
  watch();
  return {
    forget() {
      buffer.clear();
      look = undefined;
      watch();
    },
    hear(bytes) {
      watch();
      look ??= begin(timers.uptime() - openedAt() > alreadyTalkingMs);
      buffer.push(bytes);
      for (let found = buffer.next(look); found !== undefined; found = buffer.next(look))
        onFrame(found.frame);
    },
    stop() {
      cancel();
      buffer.clear();
      buffer = new ByteBuffer(0, () => undefined);
    },
  };
}
