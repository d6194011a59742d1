// What a program has opened, so that it can be closed again: in reverse, and after a failure midway too.

export interface Closable {
  close(): void | Promise<void>;
}

export class OpenParts {
  readonly #parts: Closable[] = [];
  #closing: Promise<void> | undefined;

  /** Notes what was opened; gives it back. */
  add<Part extends Closable>(part: Part): Part {
    this.#parts.push(part);
    return part;
  }

  /**
   * Closes every part in the reverse order of its opening, one after the other. A part that fails keeps none of the
   * others open; the first failure is thrown at the end. May be called twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) {
      try {
        await part.close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** Runs `open`, which adds what it opens; where it fails midway, what was opened by then is closed. */
export async function openInOrder<T>(open: (parts: OpenParts) => Promise<T>): Promise<T> {
  const parts = new OpenParts();
  try {
    return await open(parts);
  } catch (error) {
    // The failure to tell is the one that came first.
    await parts.close().catch(() => undefined);
    throw error;
  }
}
