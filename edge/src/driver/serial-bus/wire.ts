// PORT: an open way for bytes to the devices of one bus, a serial port or a TCP connection.

/** What an opened wire tells. After `onGone` it tells nothing more. */
export interface WireEvents {
  readonly onBytes: (bytes: Uint8Array) => void;
  /** It is over, for this reason. A wire never comes back: a new one is opened in its place. */
  readonly onGone: (reason: string) => void;
}

export interface Wire {
  /** Resolves when the bytes have left this machine; rejects when they cannot. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends it without `onGone`; resolves at the latest after a second. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens a new wire each time it is called.
 * @throws WellheadError SERIAL_OPEN, SERIAL_MISSING
 */
export type OpenWire = (events: WireEvents) => Promise<Wire>;

/** Wires end in various ways, some of them without a word: none is waited for longer than this. */
export const closeWithinMs = 1_000;
