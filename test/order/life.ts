// One life of a program: every step that a database, a link or a timer takes waits until the scheduler picks it.
import type { Scheduler } from 'fast-check';

export interface Timers {
  readonly uptime: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Resolves when the scheduler lets this step happen; never after the program has died. */
export type Point = (what: string) => Promise<void>;

/** Who needs more steps than this waits for something that does not come. */
const maxSteps = 20_000;
const maxLooks = 2_000;
/** Of real time: a life takes some thousandths of a second. */
const standstillMs = 15_000;

export class Life {
  readonly #scheduler: Scheduler;
  readonly #waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  readonly #never = new Promise<never>(() => undefined);
  #uptime = 0;
  #isTimeUnderWay = false;
  #isDead = false;
  /** Before and after the orders are tried, everything happens at once. */
  #isFree = false;
  steps = 0;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  readonly point: Point = async (what) => {
    if (this.#isFree) return;
    if (this.#isDead) return this.#never;
    await this.#scheduler.schedule(Promise.resolve(), what);
    if (this.#isDead) return this.#never;
  };

  /** Work of others that takes its own time: nothing else happens until it is done, so that orders can be repeated. */
  async held<T>(what: string, work: Promise<T>): Promise<T> {
    const done = await this.#scheduler.schedule(work, what);
    if (this.#isDead) return this.#never;
    return done;
  }

  /** Later, when the scheduler says so: what `setImmediate` is to the programs. */
  readonly defer = (run: () => void): void => {
    void this.point('next turn').then(run);
  };

  /** Time goes on when the scheduler says so, and then to what is due next. */
  readonly timers: Timers = {
    uptime: () => this.#uptime,
    after: (ms, run) => {
      const entry = { at: this.#uptime + ms, run };
      this.#waiting.add(entry);
      this.#letTimePass();
      return () => this.#waiting.delete(entry);
    },
  };

  /** Does something before the orders begin. */
  async free<T>(work: () => Promise<T>): Promise<T> {
    this.#isFree = true;
    try {
      return await work();
    } finally {
      this.#isFree = false;
      this.#letTimePass();
    }
  }

  /** Runs until the work is done or, at `diesAt` steps, the program dies. @returns whether it died */
  async run(work: () => Promise<void>, diesAt = Number.POSITIVE_INFINITY): Promise<boolean> {
    let die: () => void = () => undefined;
    const death = new Promise<void>((resolve) => {
      die = resolve;
    });
    const done = work();
    let giveUp: NodeJS.Timeout | undefined;
    const standstill = new Promise<never>((_, reject) => {
      giveUp = setTimeout(() => reject(new Error('nothing happens any more')), standstillMs);
    });
    const end = Promise.race([done, death, standstill]).finally(() => clearTimeout(giveUp));
    await this.#scheduler.waitFor(end, async (step) => {
      if (this.#isDead) return;
      await step();
      if (++this.steps >= diesAt) {
        this.#isDead = true;
        die();
      }
      if (this.steps > maxSteps) throw new Error('something is waited for that does not come');
    });
    const died = this.#isDead;
    this.#isDead = true;
    // What the last step set off comes to its end.
    for (let i = 0; i < 100; i++) await Promise.resolve();
    this.#waiting.clear();
    return died;
  }

  /** Waits for what others do. */
  async until(isSo: () => boolean, what: string, state: () => unknown = () => ''): Promise<void> {
    for (let looks = 1; !isSo(); looks++) {
      if (looks > maxLooks) throw new Error(`${what}: that does not come; ${JSON.stringify(state())}`);
      await this.point(`look whether ${what}`);
    }
  }

  #letTimePass(): void {
    if (this.#isTimeUnderWay || this.#waiting.size === 0) return;
    this.#isTimeUnderWay = true;
    void this.point('time passes').then(() => {
      this.#isTimeUnderWay = false;
      let next: { readonly at: number; readonly run: () => void } | undefined;
      for (const entry of this.#waiting) if (next === undefined || entry.at < next.at) next = entry;
      if (next !== undefined) {
        this.#waiting.delete(next);
        this.#uptime = next.at;
        next.run();
      }
      this.#letTimePass();
    });
  }
}
