// Asks the devices of one bus in turn: aligned to the clock, one at a time, nothing queued up behind a dead one.
import { retryDelays } from '@wellhead/protocol';
import { deadline, realTimers, type Timers } from '../../clock/timers.ts';
import type { RawReading } from '../../reading/raw-reading.ts';
import type { DriverHost, SensorDriver } from '../../reading/sensor-driver.ts';
import { offerUntilKept } from '../run/offer.ts';
import { reasonOf } from '../run/refusal.ts';
import { nextTurn, type PolledDevice } from './poll.ts';

export interface PollerOptions {
  /** Devices that share a line, or one device that has its own. */
  readonly devices: readonly PolledDevice[];
  readonly host: DriverHost;
  readonly timers?: Timers;
}

interface Seat {
  readonly device: PolledDevice;
  stage: 'turn' | 'retry' | 'collect' | 'keeping';
  /** When the stage is due; wall clock, so that turns follow it. */
  at: number;
  /** The aligned time of the turn that is being worked on. */
  turn: number;
  attempts: number;
  retryIn: Generator<number, never>;
  /** Said already that it does not answer. */
  isLost: boolean;
}

/** Sleeps at most so long, to see a clock that was set meanwhile. */
const lookAgainMs = 30_000;
/** A clock that moved by more than this against the uptime was set. */
const clockStepMs = 1_000;
const retryPlan = { firstMs: 100, maxMs: 5_000 };

/** Starts asking at each device's next aligned turn. */
export function startPoller({ devices, host, timers = realTimers }: PollerOptions): SensorDriver {
  const abort = new AbortController();
  const { signal } = abort;
  const seats = devices.map(
    (device): Seat => ({
      device,
      stage: 'turn',
      at: nextTurn(host.now(), device.plan),
      turn: 0,
      attempts: 0,
      retryIn: retryDelays(retryPlan, host.random),
      isLost: false,
    }),
  );
  const keeping = new Set<Promise<void>>();
  let wake: () => void = () => undefined;

  /** After a turn, however it ended: the next one that is still to come; those in between were missed. */
  const finish = (seat: Seat) => {
    const { plan, sensor } = seat.device;
    seat.stage = 'turn';
    seat.attempts = 0;
    seat.at = nextTurn(host.now(), plan);
    const missed = Math.round((seat.at - seat.turn) / plan.everyMs) - 1;
    if (missed > 0) host.count('turns_missed_total', missed, sensor);
  };

  /** Offers readings until they are durable; only then the device has its next turn. */
  const keep = async (seat: Seat, readings: readonly RawReading[]) => {
    seat.stage = 'keeping';
    const { sensor } = seat.device;
    const offers = readings.map((reading) => () => host.intake.accept(reading));
    const unkept = await offerUntilKept(offers, { sensor, host, timers, signal });
    if (unkept > 0) return;
    await seat.device.kept?.();
    finish(seat);
  };

  const failed = (seat: Seat, error: unknown) => {
    const { sensor, plan } = seat.device;
    // A device known to be dead gets one attempt a turn: its bus is not to wait for it longer.
    if (seat.attempts <= plan.retries && !seat.isLost) {
      seat.stage = 'retry';
      seat.at = host.now() + seat.retryIn.next().value;
      return;
    }
    host.count('polls_failed_total', 1, sensor);
    if (!seat.isLost) host.say('warn', { sensor, ...reasonOf(error) }, 'a sensor does not answer');
    seat.isLost = true;
    finish(seat);
  };

  const attempt = async (seat: Seat) => {
    const { device } = seat;
    if (seat.stage === 'turn') {
      seat.turn = seat.at;
      seat.retryIn = retryDelays(retryPlan, host.random);
      host.count('polls_total', 1, device.sensor);
      host.late?.(Math.max(0, host.now() - seat.at), device.sensor);
    }
    const isPrepared = seat.stage === 'collect';
    if (!isPrepared) seat.attempts++;
    const { timeoutMs } = device.plan;
    const limit = deadline(timers, timeoutMs, `no answer within ${timeoutMs} ms`, signal);
    try {
      if (!isPrepared && device.prepare !== undefined) {
        const waitMs = await device.prepare(limit.signal);
        if (waitMs > 0) {
          seat.stage = 'collect';
          seat.at = host.now() + waitMs;
          return;
        }
      }
      const measured = await device.measure(limit.signal);
      const readings = [measured ?? []].flat();
      if (seat.isLost) host.say('info', { sensor: device.sensor }, 'a sensor answers again');
      seat.isLost = false;
      if (readings.length === 0) return finish(seat);
      // Stamped now: the intake may take them only after a while.
      const stamped = readings.map((one) => ({ ...one, measuredAt: one.measuredAt ?? host.now() }));
      const kept = keep(seat, stamped);
      keeping.add(kept);
      void kept.finally(() => {
        keeping.delete(kept);
        wake();
      });
    } catch (error) {
      if (!signal.aborted) failed(seat, error);
    } finally {
      limit.done();
    }
  };

  const run = async () => {
    let offset = host.now() - timers.uptime();
    while (!signal.aborted) {
      const now = host.now();
      const moved = now - timers.uptime() - offset;
      if (Math.abs(moved) > clockStepMs) {
        offset += moved;
        // A clock that was set is nobody's fault: turns are counted from where it stands now.
        for (const seat of seats) {
          seat.turn += moved;
          seat.at = seat.stage === 'turn' ? nextTurn(now, seat.device.plan) : seat.at + moved;
        }
      }
      const next = earliest(seats);
      if (next !== undefined && next.at <= now) {
        await attempt(next);
        continue;
      }
      await new Promise<void>((resolve) => {
        const cancel = timers.after(Math.min(lookAgainMs, (next?.at ?? now + lookAgainMs) - now), resolve);
        wake = () => {
          cancel();
          resolve();
        };
      });
    }
  };

  const running = run();
  return {
    async close() {
      abort.abort(new Error('the gateway is stopping'));
      wake();
      await running;
      await Promise.all(keeping);
    },
  };
}

function earliest(seats: readonly Seat[]): Seat | undefined {
  let first: Seat | undefined;
  for (const seat of seats) {
    if (seat.stage !== 'keeping' && (first === undefined || seat.at < first.at)) first = seat;
  }
  return first;
}
