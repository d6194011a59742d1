// A sensor that says lines of text by itself.
import { retryDelays } from '@wellhead/protocol';
import { pause, realTimers, type Timers } from '../../clock/timers.ts';
import { createTextFramer, latin1 } from '../../decode/text-frame.ts';
import { createTextReader } from '../../decode/text-reading.ts';
import type { RawReading } from '../../reading/raw-reading.ts';
import type { DriverHost, SensorDriver } from '../../reading/sensor-driver.ts';
import { reasonOf } from '../run/refusal.ts';
import type { Bus } from '../serial-bus/bus.ts';
import type { TextSensor } from './request.ts';

export interface SpeakingTextSensor extends TextSensor {
  readonly silence: number;
}

/** Frames that wait for the journal: a sensor does not wait, so beyond these the newest is dropped and counted. */
const maxWaiting = 256;
/** A sensor that says so many bad frames in a row babbles: more of them would only push out other dead letters. */
const worthKeeping = 5;
const keepPlan = { firstMs: 1_000, maxMs: 60_000 };

/** Reads what the sensor says; refused frames are kept as dead letters. */
export function listenForText(
  sensor: SpeakingTextSensor,
  bus: Bus,
  host: DriverHost,
  timers: Timers = realTimers,
): SensorDriver {
  const { id, frame, silence } = sensor;
  const read = createTextReader(sensor.type, sensor);
  const abort = new AbortController();
  const waiting: { readonly frame: string; readonly at: number }[] = [];
  let working: Promise<void> | undefined;
  let badInRow = 0;
  let isSilent = false;

  const bring = async ({ frame: text, at }: (typeof waiting)[number]) => {
    const decoded = read(text);
    if ('reason' in decoded) {
      const { detail } = decoded;
      if (++badInRow > worthKeeping) return host.count('bytes_discarded_total', text.length, bus.name);
      await host.intake.refuse({ source: id, reason: decoded.reason, detail, payload: latin1(text) });
      return;
    }
    badInRow = 0;
    if (isSilent) host.say('info', { sensor: id }, 'a sensor speaks again');
    isSilent = false;
    await host.intake.accept({
      sensor: id,
      ...decoded,
      measuredAt: decoded.measuredAt ?? at,
    } satisfies RawReading);
  };
  const work = async () => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      let isRefused = false;
      for (const delay of retryDelays(keepPlan, host.random)) {
        try {
          await bring(next);
          if (isRefused) host.say('info', { sensor: id }, 'readings are kept again');
          break;
        } catch (error) {
          if (!isRefused)
            host.say(
              'warn',
              { sensor: id, ...reasonOf(error) },
              'a reading cannot be kept; it is offered again',
            );
          isRefused = true;
          // Not kept (the disk is full or failing): offered again, in its order, until it is.
          if (abort.signal.aborted) {
            host.count('readings_unkept_total', waiting.length, id);
            waiting.length = 0;
            return;
          }
          await pause(timers, delay, abort.signal);
        }
      }
      waiting.shift();
    }
  };

  bus.listen<string>({
    begin: (isWhole) => createTextFramer(frame, isWhole),
    silenceMs: silence,
    onSilence: () => {
      if (!isSilent)
        host.say('warn', { sensor: id, silentMs: silence }, 'a sensor is silent; its port is opened anew');
      isSilent = true;
    },
    onFrame: (text) => {
      // Empty lines between others are a habit of instruments, and no loss.
      if (text.trim() === '') return;
      if (waiting.length >= maxWaiting) return host.count('frames_dropped_total', 1, id);
      waiting.push({ frame: text, at: host.now() });
      working ??= work().finally(() => {
        working = undefined;
      });
    },
  });
  return {
    async close() {
      abort.abort();
      await working;
    },
  };
}
