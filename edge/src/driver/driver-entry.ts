// What a driver brings to the registry: its keys, what is checked of them, and how it is started.
import type { SensorType } from '@wellhead/protocol';
import type { z } from 'zod';
import type { DriverHost, SensorDriver, SourceHost } from '../reading/sensor-driver.ts';
import type { PolledDevice } from './poll/poll.ts';
import type { Bus } from './serial-bus/bus.ts';
import type { BusConfig } from './serial-bus/config.ts';

/** One sensor of a driver: its keys as the driver's schema has read them. */
export interface DriverSensor<Config> {
  readonly id: string;
  readonly type: SensorType;
  readonly config: Config;
}

/** Where on a bus a sensor is. */
export interface Occupancy {
  readonly bus: string | undefined;
  /** What must be its own on the bus, in words; undefined: it needs the bus for itself. */
  readonly address: string | undefined;
}

/** A place in the driver's keys, as `registers.0.property`, and what stands there. */
export type Named = readonly [place: string, property: string | undefined];

/** What no schema sees. It is asked of documents that may be wrong, so that all problems come at once. */
export interface DriverCheck<View> {
  /** The document as far as it is there: nothing in it is refused. */
  readonly view: z.ZodType<View>;
  /** Properties that the keys name. */
  targets(view: View): Iterable<Named>;
  /** Lists in which a property may stand only once. */
  lists?(view: View): Iterable<readonly [place: string, names: readonly (string | undefined)[]]>;
  occupies?(view: View): Occupancy;
  /** Problems with the bus it hangs on, each as `key: what is wrong; what to do`. */
  onBus?(view: View, bus: { readonly isSerial: boolean }): Iterable<string>;
}

interface Entry<Schema extends z.ZodType, View> {
  /** What people read of it in the reference. */
  readonly about: string;
  readonly schema: Schema;
  readonly check: DriverCheck<View>;
}

/** The open bus that sensors hang on, and its keys. */
export interface OnBus {
  readonly bus: Bus;
  readonly config: BusConfig;
}

/** Sensors that hang on a bus with others. */
export interface BusDriver<Schema extends z.ZodType, View> extends Entry<Schema, View> {
  readonly kind: 'bus';
  busOf(config: z.output<Schema>): string;
  /** All its sensors on one bus as the poller asks them; undefined where the one there speaks by itself. */
  devicesOn(
    sensors: readonly DriverSensor<z.output<Schema>>[],
    on: OnBus,
  ): readonly PolledDevice[] | undefined;
  /** Takes what a sensor says by itself. */
  listen?(sensor: DriverSensor<z.output<Schema>>, on: OnBus, host: DriverHost): SensorDriver;
}

/** Sources that keep their readings, each by itself and none waiting for another. */
export interface SourceDriver<Schema extends z.ZodType, View> extends Entry<Schema, View> {
  readonly kind: 'source';
  /** `beside`: the path of what the configuration names relative to itself. */
  start(
    sensor: DriverSensor<z.output<Schema>>,
    host: SourceHost,
    beside: (path: string) => string,
  ): SensorDriver;
}

/** Sensors that publish to the gateway's own broker, which is started by itself. */
export interface BrokerDriver<Schema extends z.ZodType, View> extends Entry<Schema, View> {
  readonly kind: 'broker';
}

export function busDriver<Schema extends z.ZodType, View>(entry: Omit<BusDriver<Schema, View>, 'kind'>) {
  return { kind: 'bus', ...entry } as const;
}

export function sourceDriver<Schema extends z.ZodType, View>(
  entry: Omit<SourceDriver<Schema, View>, 'kind'>,
) {
  return { kind: 'source', ...entry } as const;
}

export function brokerDriver<Schema extends z.ZodType, View>(
  entry: Omit<BrokerDriver<Schema, View>, 'kind'>,
) {
  return { kind: 'broker', ...entry } as const;
}

/** A driver of which only is known that it is one. */
export type AnyDriver =
  | BusDriver<z.ZodType, unknown>
  | SourceDriver<z.ZodType, unknown>
  | BrokerDriver<z.ZodType, unknown>;
