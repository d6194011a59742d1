// How many exports run at once: each holds a few windows of readings, and keeps the store busy.
import type { FastifyReply } from 'fastify';
import { ApiProblem } from './problem.ts';

/** The store answers two questions at once; more exports would only slow each other and the dashboard. */
const maxExports = 4;
/** A client that takes nothing for so long has gone, and makes room. */
const idleMs = 120_000;
const retrySeconds = 10;

export class ExportSlots {
  #taken = 0;

  get taken(): number {
    return this.#taken;
  }

  /** Taken until the answer's connection is done with it. @throws ApiProblem TOO_MANY_EXPORTS */
  take({ raw }: FastifyReply): void {
    if (this.#taken >= maxExports)
      throw new ApiProblem(
        'TOO_MANY_EXPORTS',
        `${maxExports} exports are running already. Ask again in a moment, or for pages of /api/v1/readings.`,
        [],
        { 'retry-after': String(retrySeconds) },
      );
    this.#taken++;
    raw.once('close', () => {
      this.#taken--;
    });
    raw.setTimeout(idleMs, () => raw.destroy());
  }
}
