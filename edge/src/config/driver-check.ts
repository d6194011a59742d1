// What no schema sees about buses and the sensors on them.
import type { SensorType } from '@wellhead/protocol';
import { type DriverView, driverViewsOf, type EdgeView, type SensorView } from './view.ts';

/** Every problem as `path: what is wrong; what to do`. */
export function* driverProblems(view: EdgeView, types: ReadonlyMap<string, SensorType>): Generator<string> {
  const buses = new Map<string, number>();
  const places = new Map<string, string>();
  for (const [b, { id, serial, tcp }] of view.buses.entries()) {
    if (id !== undefined && buses.has(id))
      yield `buses.${b}.id: ${id} is used twice; give each bus its own name`;
    if (id !== undefined) buses.set(id, b);
    const place = serial.path ?? (tcp.host === undefined ? undefined : `${tcp.host}:${tcp.port ?? 502}`);
    if (place === undefined) continue;
    const other = places.get(place);
    if (other !== undefined)
      yield `buses.${b}: ${place} is bus ${other} already; put its sensors on that one`;
    places.set(place, id ?? String(b));
  }
  const used = new Map<string, Occupant[]>();
  for (const [i, sensor] of view.sensors.entries()) {
    const path = `sensors.${i}`;
    const drivers = driverViewsOf(sensor);
    for (const driver of drivers) {
      const occupant = occupantOf(path, sensor, driver);
      if (occupant === undefined) continue;
      const bus = buses.get(occupant.bus);
      if (bus === undefined) {
        const known =
          buses.size === 0
            ? 'there is none: list it under buses'
            : `known are ${[...buses.keys()].join(', ')}`;
        yield `${occupant.path}.bus: there is no bus ${occupant.bus}; ${known}`;
        continue;
      }
      const isSerial = view.buses[bus]!.serial.path !== undefined;
      for (const problem of driver.onBus({ isSerial })) yield `${occupant.path}.${problem}`;
      const others = used.get(occupant.bus) ?? [];
      yield* conflicts(occupant, others);
      used.set(occupant.bus, [...others, occupant]);
    }
    const type = sensor.type === undefined ? undefined : types.get(sensor.type);
    if (type !== undefined) for (const driver of drivers) yield* unknownTargets(path, driver, type);
  }
}

interface Occupant {
  readonly path: string;
  readonly sensor: string;
  readonly driver: string;
  readonly bus: string;
  /** What must be its own on the bus. */
  readonly address: string | undefined;
}

function occupantOf(path: string, { id }: SensorView, { name, occupies }: DriverView): Occupant | undefined {
  if (occupies?.bus === undefined) return undefined;
  const { bus, address } = occupies;
  return { path: `${path}.${name}`, sensor: id ?? path, driver: name, bus, address };
}

function* conflicts(occupant: Occupant, others: readonly Occupant[]): Generator<string> {
  for (const other of others) {
    if (other.driver !== occupant.driver) {
      yield `${occupant.path}.bus: ${occupant.bus} speaks ${other.driver} with ${other.sensor}; one bus speaks one protocol`;
      return;
    }
    if (other.address === undefined || occupant.address === undefined) {
      yield `${occupant.path}.bus: ${other.sensor} is on ${occupant.bus} already, and a sensor that speaks by itself needs a bus of its own`;
      return;
    }
    if (other.address === occupant.address) {
      yield `${occupant.path}: ${occupant.address} on ${occupant.bus} is ${other.sensor} already; each sensor has its own`;
      return;
    }
  }
}

function* unknownTargets(
  path: string,
  { name: driver, targets, lists }: DriverView,
  type: SensorType,
): Generator<string> {
  const known = new Set(type.properties.map(({ name }) => name));
  for (const [place, name] of targets) {
    if (name === undefined || known.has(name)) continue;
    yield `${path}.${driver}.${place}: ${type.type} has no property ${name}; it has ${[...known].join(', ')}`;
  }
  for (const [place, names] of lists) {
    const seen = new Set<string>();
    for (const name of names) {
      if (name === undefined || name === '-') continue;
      if (seen.has(name))
        yield `${path}.${driver}.${place}: ${name} is named twice; a property has one source`;
      seen.add(name);
    }
  }
}
