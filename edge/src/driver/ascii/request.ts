// A sensor that says a line of text when it is asked.
import type { SensorType } from '@wellhead/protocol';
import { createTextFramer, latin1, type TextFraming } from '../../decode/text-frame.ts';
import { createTextReader, type TextMapping } from '../../decode/text-reading.ts';
import type { PolledDevice, PollPlan } from '../poll/poll.ts';
import type { Bus } from '../serial-bus/bus.ts';

export interface TextSensor extends TextMapping {
  readonly id: string;
  readonly type: SensorType;
  readonly frame: TextFraming;
}

export interface AskedTextSensor extends TextSensor {
  readonly plan: PollPlan;
  readonly request: string;
}

/** The sensor as the poller sees it. */
export function textDevice(sensor: AskedTextSensor, bus: Bus): PolledDevice {
  const { id, plan, frame } = sensor;
  const request = latin1(sensor.request);
  const read = createTextReader(sensor.type, sensor);
  return {
    sensor: id,
    plan,
    async measure(signal) {
      const framer = createTextFramer(frame, true);
      let wrong: string | undefined;
      try {
        return await bus.exchange(
          request,
          (bytes) => {
            const seen = framer(bytes);
            if (seen === undefined || 'discard' in seen) return seen;
            const decoded = read(seen.frame);
            if (!('reason' in decoded)) return { ...seen, frame: { sensor: id, ...decoded } };
            // An echo of the request, or noise: the answer may still come.
            wrong = `"${seen.frame.trim()}": ${decoded.detail}`;
            return { discard: seen.to };
          },
          signal,
          frame.max,
        );
      } catch (error) {
        throw wrong === undefined ? error : new Error(`${(error as Error).message}; ${wrong}`);
      }
    },
  };
}
