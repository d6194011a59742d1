// PORT: an instrument that answers in bytes, for the line it hangs on.

/** What an instrument says at one time. Its spoiled and foreign forms are what the switches send instead. */
export interface Utterance {
  /** Who says it, as switches name it: unit, address, or empty for an instrument alone on its line. */
  readonly from: string;
  readonly bytes: Uint8Array;
  /** The same with a checksum that does not fit. */
  readonly spoiled: Uint8Array;
  /** A sound answer of somebody else, to another question. */
  readonly foreign: Uint8Array;
}

export type Say = (utterance: Utterance) => void;

/** A simulated instrument, or several on one line, that speaks in bytes. */
export interface Instrument {
  /** Somebody opened the line. `hear` takes what comes in; `end` is called when the line is gone. */
  connect(say: Say): { hear(bytes: Uint8Array): void; end(): void };
  /** Sets a value while it runs. @throws TypeError when there is no such place */
  set(from: string, place: string, value: number): void;
}
