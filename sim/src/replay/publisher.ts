// Sends readings to a broker in order and skips none, whatever the connection does.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { payloadOf, type SensorReading, topicOfSensor } from '../sensor-reading.ts';
import { type BrokerConnection, connectToBroker } from './broker-connection.ts';
import { createFeed } from './feed.ts';

export interface PublishOptions<R extends SensorReading> {
  /** `mqtt://[user:password@]host:port`, or mqtts, ws, wss. */
  readonly brokerUrl: string;
  readonly sensor: string;
  /** Readings in flight at most, and so held in memory at most; 100 unless told. */
  readonly window?: number;
  /** Stops at once; what is not acknowledged by then is in the summary. */
  readonly signal?: AbortSignal;
  /** Gives up after this long without a working connection, in milliseconds; a minute unless told. */
  readonly unreachableAfterMs?: number;
  /** Called once for each reading, when its PUBACK has come. */
  readonly onAcknowledged?: (reading: R) => void;
  /** Called when the connection comes and goes, with the reason. */
  readonly onLink?: (link: { readonly isUp: boolean; readonly reason: string }) => void;
}

export interface PublishSummary<R extends SensorReading> {
  /** All acknowledged; stopped by the signal; or no working connection for too long. */
  readonly outcome: 'finished' | 'stopped' | 'unreachable';
  /** Readings that were sent, each counted once. */
  readonly published: number;
  readonly acknowledged: number;
  /** Times that a reading was sent again after a lost connection. */
  readonly repeated: number;
  readonly connections: number;
  /** Taken from the source but never acknowledged, in order; `window` at most. */
  readonly unacknowledged: readonly R[];
  /** Why the last connection ended or failed; empty when none did. */
  readonly lastReason: string;
}

const shortestPauseMs = 50;
const longestPauseMs = 2000;
const longestConnectMs = 10_000;
const longestGoodbyeMs = 1000;

/**
 * Publishes readings as a sensor would: QoS 1 to `sensors/<sensor>`, done only when the PUBACK has come.
 * Never takes more than `window` unacknowledged readings from the source. After a lost connection the
 * unacknowledged ones go again, in their order, before any newer one: nothing is skipped, some may come
 * twice. Errors of the source are thrown, after what was read before them is acknowledged.
 */
export async function publishReadings<R extends SensorReading>(
  readings: AsyncIterable<R> | Iterable<R>,
  options: PublishOptions<R>,
): Promise<PublishSummary<R>> {
  const { sensor, window = 100, unreachableAfterMs = 60_000 } = options;
  if (!(window >= 1 && window <= 65_535))
    throw new RangeError('window is from 1 to 65535, as packet ids are');
  const topic = topicOfSensor(sensor);
  const clientId = `${sensor}-${randomBytes(4).toString('hex')}`;
  const pending = new Map<number, R>();
  const stop = new AbortController();
  let outcome: PublishSummary<R>['outcome'] = 'finished';
  let connection = undefined as BrokerConnection | undefined;
  let isFinishing = false;
  let sent = 0;
  let acknowledged = 0;
  let repeated = 0;
  let connections = 0;
  let lastReason = '';
  let downSince: number | undefined = performance.now();

  const end = (how: typeof outcome) => {
    if (stop.signal.aborted) return;
    outcome = how;
    stop.abort();
  };
  const feed = createFeed(readings, stop.signal);
  const onAbort = () => end('stopped');
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();

  const send = (id: number, reading: R) => {
    const isRepeat = id < sent;
    if (isRepeat) repeated++;
    else sent = id + 1;
    connection!.publish(topic, payloadOf(reading), isRepeat, (isAcknowledged) => {
      if (!isAcknowledged || !pending.delete(id)) return;
      acknowledged++;
      downSince = undefined;
      options.onAcknowledged?.(reading);
      feed.wake();
    });
  };

  const keepConnected = async () => {
    let pause = shortestPauseMs;
    while (!stop.signal.aborted) {
      downSince ??= performance.now();
      const left = unreachableAfterMs - (performance.now() - downSince);
      if (left <= 0) return end('unreachable');
      const timeoutMs = Math.min(longestConnectMs, left);
      const opened = await connectToBroker({
        brokerUrl: options.brokerUrl,
        clientId,
        timeoutMs,
        signal: stop.signal,
      });
      if (typeof opened !== 'string') {
        connections++;
        connection = opened;
        options.onLink?.({ isUp: true, reason: '' });
        for (const [id, reading] of pending) send(id, reading);
        const before = acknowledged;
        lastReason = await opened.closed;
        connection = undefined;
        if (acknowledged > before) pause = shortestPauseMs;
      } else {
        lastReason = opened;
      }
      if (stop.signal.aborted || isFinishing) return;
      options.onLink?.({ isUp: false, reason: lastReason });
      await wait(pause, undefined, { signal: stop.signal }).catch(ignoreAbort);
      pause = Math.min(pause * 2, longestPauseMs);
    }
  };

  const link = keepConnected();
  try {
    let taken = 0;
    for (let reading = await feed.next(); reading !== undefined; reading = await feed.next()) {
      pending.set(taken, reading);
      if (connection !== undefined) send(taken, reading);
      taken++;
      while (pending.size >= window && !stop.signal.aborted) await feed.sleep();
    }
    while (pending.size > 0 && !stop.signal.aborted) await feed.sleep();
    isFinishing = true;
    if (!stop.signal.aborted && connection !== undefined) {
      // Over a dead link the goodbye never comes through; everything is acknowledged, so nobody needs it.
      await Promise.race([connection.end(), wait(longestGoodbyeMs, undefined, { ref: false })]);
    }
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    end('finished');
    await link;
  }
  feed.rethrow();
  const unacknowledged = [...pending.values()];
  return { outcome, published: sent, acknowledged, repeated, connections, unacknowledged, lastReason };
}

/** The pause between two attempts ends early when the work does. */
function ignoreAbort(error: unknown): void {
  if ((error as Error).name !== 'AbortError') throw error;
}
