// Sends what waits in groups, one at a time, and the same group again until it is accepted.
import { WellheadError } from '@wellhead/protocol';

export interface Outgoing {
  readonly partition: number;
  readonly key: string | null;
  readonly value: Uint8Array;
}

export interface SendQueueOptions {
  /** Makes a group of one partition durable, or rejects; never called again before it settled. */
  readonly send: (partition: number, group: readonly Outgoing[]) => Promise<void>;
  /** Bounds of one group; the bytes are those the broker accepts at once in a partition. */
  readonly maxGroup: number;
  readonly maxGroupBytes: number;
  /** More than this waiting is refused at once. */
  readonly maxPending: number;
  readonly maxPendingBytes: number;
  /** How long to wait after each failure in a row. */
  readonly delays: () => Iterator<number, never>;
  /** Waits; ends early when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Runs a function when the events at hand are done: `setImmediate` on Node. */
  readonly defer: (run: () => void) => void;
  readonly onTrouble: (error: unknown) => void;
}

interface Waiting extends Outgoing {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * A group that was refused may have been kept all the same: the answer may be what got lost. The broker knows its
 * double by the sequence number, but only if exactly this group comes next. So no other group is sent, and this one
 * is not changed, until it is accepted. A group is of one partition, because of several a part could be accepted.
 */
export class SendQueue {
  readonly #options: SendQueueOptions;
  readonly #waiting = new Map<number, Waiting[]>();
  #underWay: Waiting[] = [];
  #count = 0;
  #bytes = 0;
  #running: Promise<void> | undefined;
  #isClosed = false;
  readonly #stop = new AbortController();

  constructor(options: SendQueueOptions) {
    this.#options = options;
  }

  /** Resolves when the broker has it; rejects with LOG_WRITE when that is unknown or it was refused. */
  add(item: Outgoing): Promise<void> {
    const { maxPending, maxPendingBytes } = this.#options;
    if (this.#isClosed) return Promise.reject(closedError());
    if (this.#count >= maxPending || this.#bytes + item.value.length > maxPendingBytes) {
      return Promise.reject(fullError(this.#count));
    }
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(item.partition) ?? [];
      waiting.push({ ...item, resolve, reject });
      this.#waiting.set(item.partition, waiting);
      this.#count++;
      this.#bytes += item.value.length;
      this.#running ??= new Promise((done) => this.#options.defer(() => void this.#run().then(done)));
    });
  }

  /** Items waiting or under way. */
  get pending(): number {
    return this.#count;
  }

  /** Takes no more, waits up to so long for what is pending, and rejects the rest; may be called twice. */
  async close(withinMs: number): Promise<void> {
    this.#isClosed = true;
    const late = new AbortController();
    await Promise.race([this.#running, this.#options.wait(withinMs, late.signal)]);
    late.abort();
    this.#stop.abort();
    const left = [...this.#underWay, ...[...this.#waiting.values()].flat()];
    this.#waiting.clear();
    this.#underWay = [];
    this.#count = 0;
    this.#bytes = 0;
    for (const { reject } of left) reject(closedError());
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) {
      this.#underWay = this.#take();
      if (!(await this.#sendUntilAccepted(this.#underWay))) return;
      for (const { value, resolve } of this.#underWay) {
        this.#count--;
        this.#bytes -= value.length;
        resolve();
      }
      this.#underWay = [];
    }
    this.#running = undefined;
  }

  /** What the partition whose turn it is has waiting, as much as goes at once; then it is the next one's turn. */
  #take(): Waiting[] {
    const { maxGroup, maxGroupBytes } = this.#options;
    const [partition, waiting] = this.#waiting.entries().next().value!;
    let count = 0;
    let bytes = 0;
    while (count < waiting.length && count < maxGroup) {
      bytes += waiting[count]!.value.length;
      if (count > 0 && bytes > maxGroupBytes) break;
      count++;
    }
    this.#waiting.delete(partition);
    if (count < waiting.length) this.#waiting.set(partition, waiting.slice(count));
    return count < waiting.length ? waiting.slice(0, count) : waiting;
  }

  async #sendUntilAccepted(group: readonly Waiting[]): Promise<boolean> {
    const delays = this.#options.delays();
    while (!this.#stop.signal.aborted) {
      try {
        await this.#options.send(group[0]!.partition, group);
        return !this.#stop.signal.aborted;
      } catch (error) {
        this.#options.onTrouble(error);
        await this.#options.wait(delays.next().value, this.#stop.signal);
      }
    }
    return false;
  }
}

function closedError(): WellheadError {
  return new WellheadError('LOG_WRITE', 'the log was closed before Kafka had accepted the batch', {
    hint: 'The program is stopping; gateways keep their readings until it runs again.',
  });
}

function fullError(pending: number): WellheadError {
  return new WellheadError('LOG_WRITE', `${pending} batches wait for Kafka already`, {
    hint: 'Look whether the Kafka brokers are reachable; gateways keep their readings until they are.',
  });
}
