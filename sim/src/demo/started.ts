// What was started, stopped in reverse: at the end, and where the start breaks off midway.

export class Started {
  readonly #stops: (() => void | Promise<void>)[] = [];

  /** Notes how what was just started is stopped. */
  add(stop: () => void | Promise<void>): void {
    this.#stops.push(stop);
  }

  /** Stops all of it, the last one first. What cannot be stopped keeps none of the others running. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.#stops.splice(0).reverse())
      await Promise.resolve()
        .then(stop)
        .catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}

/** Starts one thing after the other; where one cannot be, those before it are stopped and nothing stays behind. */
export async function startInOrder<T>(start: (started: Started) => Promise<T>): Promise<T> {
  const started = new Started();
  try {
    return await start(started);
  } catch (error) {
    // Why it could not start is what the person wants to know, not how the stopping went.
    await started.stop().catch(() => undefined);
    throw error;
  }
}
