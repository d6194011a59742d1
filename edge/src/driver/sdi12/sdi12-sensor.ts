// A sensor on an SDI-12 bus.
import type { SensorType, Value } from '@wellhead/protocol';
import { realTimers, type Timers } from '../../clock/timers.ts';
import {
  parseCommand,
  parseIdentity,
  parseStart,
  parseValues,
  type Sdi12Command,
  type Sdi12Start,
} from '../../decode/sdi12.ts';
import type { RawReading } from '../../reading/raw-reading.ts';
import type { PolledDevice, PollPlan } from '../poll/poll.ts';
import type { Bus } from '../serial-bus/bus.ts';
import { askSdi12, awaitServiceRequest, type Sdi12Line } from './ask.ts';

export interface Sdi12Sensor {
  readonly id: string;
  readonly type: SensorType;
  readonly plan: PollPlan;
  readonly address: string;
  /** `M`, `MC`, `C2`, …: see `parseCommand`. */
  readonly command: string;
  /** Properties in the order of the answer; `-` passes one over. */
  readonly values: readonly string[];
  /** Must stand in the sensor's identification. */
  readonly identify?: string | undefined;
  readonly timeoutMs: number;
  readonly maxWaitMs: number;
}

/** SDI-12 v1.4, send data command: data stands in D0 to D9. */
const maxDataCommands = 10;

/** The sensor as the poller sees it. */
export function sdi12Device(sensor: Sdi12Sensor, bus: Bus, timers: Timers = realTimers): PolledDevice {
  const { id, plan, timeoutMs } = sensor;
  const line: Sdi12Line = { bus, timeoutMs, timers };
  const command = parseCommand(sensor.command);
  let isKnown = sensor.identify === undefined;
  let promised: Sdi12Start | undefined;

  const start = async (signal: AbortSignal): Promise<Sdi12Start> => {
    if (!isKnown) await identify(sensor, line, signal);
    isKnown = true;
    return begin(sensor, command, line, signal);
  };
  const forgetting = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // Whoever answers next may be another one, put in its place.
      isKnown = sensor.identify === undefined;
      throw error;
    }
  };

  const collect = async (count: number, signal: AbortSignal) =>
    readingOf(sensor, await readData(sensor, command, line, count, signal));

  if (command.kind !== 'C') {
    return {
      sensor: id,
      plan,
      measure: (signal) =>
        forgetting(async () => {
          const { seconds, count } = await start(signal);
          // The line is the sensor's until then: a command to any other would abort the measurement.
          await awaitServiceRequest(line, sensor.address, seconds, signal);
          return collect(count, signal);
        }),
    };
  }
  return {
    sensor: id,
    plan,
    prepare: (signal) =>
      forgetting(async () => {
        promised = undefined;
        promised = await start(signal);
        return promised.seconds * 1_000;
      }),
    measure: (signal) => forgetting(() => collect(promised!.count, signal)),
  };
}

async function identify(
  { address, identify }: Sdi12Sensor,
  line: Sdi12Line,
  signal: AbortSignal,
): Promise<void> {
  const said = await askSdi12(
    line,
    `${address}I`,
    (text) => (parseIdentity(text, address) === undefined ? undefined : text.slice(1)),
    signal,
  );
  if (!said.includes(identify!))
    throw new Error(`the sensor at ${address} says it is "${said}", not ${identify}`);
}

async function begin(
  { address, maxWaitMs }: Sdi12Sensor,
  command: Sdi12Command,
  line: Sdi12Line,
  signal: AbortSignal,
): Promise<Sdi12Start> {
  const started = await askSdi12(
    line,
    address + command.text,
    (text) => parseStart(text, address, command.kind),
    signal,
  );
  if (started.count === 0) throw new Error(`the sensor has no values for ${command.text}`);
  if (started.seconds * 1_000 > maxWaitMs)
    throw new Error(`the sensor wants ${started.seconds} s for ${command.text}; raise maxWait`);
  return started;
}

async function readData(
  { address }: Sdi12Sensor,
  command: Sdi12Command,
  line: Sdi12Line,
  count: number,
  signal: AbortSignal,
): Promise<number[]> {
  const values: number[] = [];
  for (let d = 0; d < maxDataCommands && values.length < count; d++) {
    const more = await askSdi12(
      line,
      `${address}D${d}`,
      (text) => parseValues(text, address, command.hasCrc),
      signal,
    );
    // SDI-12 v1.4, send data command: an address alone says that the measurement was aborted.
    if (more.length === 0) break;
    values.push(...more);
  }
  if (values.length !== count) throw new Error(`${count} values were promised, ${values.length} came`);
  return values;
}

function readingOf({ id, type, values: names }: Sdi12Sensor, numbers: readonly number[]): RawReading {
  if (numbers.length < names.length)
    throw new Error(`${names.length} values are configured, the sensor has ${numbers.length}`);
  const values = type.properties.map(({ name }): Value | undefined => {
    const at = names.indexOf(name);
    return at === -1 ? undefined : numbers[at];
  });
  return { sensor: id, values };
}
