// What no schema sees about buses and the sensors on them.
import type { SensorType } from '@wellhead/protocol';
import type { EdgeView, SensorView } from './view.ts';

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
    for (const occupant of occupants(path, sensor)) {
      if (!buses.has(occupant.bus)) {
        const known =
          buses.size === 0
            ? 'there is none: list it under buses'
            : `known are ${[...buses.keys()].join(', ')}`;
        yield `${occupant.path}.bus: there is no bus ${occupant.bus}; ${known}`;
        continue;
      }
      const unit = sensor.modbus?.unit;
      // Modbus over Serial Line V1.02, 2.2: 0 is a broadcast that nobody answers, 248 to 255 are reserved.
      if (
        unit !== undefined &&
        (unit < 1 || unit > 247) &&
        view.buses[buses.get(occupant.bus)!]!.serial.path !== undefined
      )
        yield `${occupant.path}.unit: ${unit} cannot answer on a serial line; units are 1 to 247`;
      const others = used.get(occupant.bus) ?? [];
      yield* conflicts(occupant, others);
      used.set(occupant.bus, [...others, occupant]);
    }
    const type = sensor.type === undefined ? undefined : types.get(sensor.type);
    if (type !== undefined) yield* unknownTargets(path, sensor, type);
  }
}

interface Occupant {
  readonly path: string;
  readonly sensor: string;
  readonly driver: 'modbus' | 'sdi12' | 'ascii';
  readonly bus: string;
  /** What must be its own on the bus. */
  readonly address: string | undefined;
}

function* occupants(path: string, { id, modbus, sdi12, ascii }: SensorView): Generator<Occupant> {
  const sensor = id ?? path;
  if (modbus?.bus !== undefined) {
    const unit = String(modbus.unit ?? 1);
    yield { path: `${path}.modbus`, sensor, driver: 'modbus', bus: modbus.bus, address: `unit ${unit}` };
  }
  if (sdi12?.bus !== undefined) {
    const address = sdi12.address ?? '0';
    yield { path: `${path}.sdi12`, sensor, driver: 'sdi12', bus: sdi12.bus, address: `address ${address}` };
  }
  if (ascii?.bus !== undefined) {
    const address = ascii.request === undefined ? undefined : `request ${JSON.stringify(ascii.request)}`;
    yield { path: `${path}.ascii`, sensor, driver: 'ascii', bus: ascii.bus, address };
  }
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

function* unknownTargets(path: string, sensor: SensorView, type: SensorType): Generator<string> {
  const known = new Set(type.properties.map(({ name }) => name));
  for (const [where, name] of targets(sensor)) {
    if (name === undefined || known.has(name)) continue;
    yield `${path}.${where}: ${type.type} has no property ${name}; it has ${[...known].join(', ')}`;
  }
  for (const [where, names] of [
    ['modbus.registers', sensor.modbus?.registers.map(({ property }) => property) ?? []],
    ['sdi12.values', sensor.sdi12?.values ?? []],
    ['ascii.fields', sensor.ascii?.fields ?? []],
    ['file.columns', sensor.file?.columns ?? []],
  ] as const) {
    const seen = new Set<string>();
    for (const name of names) {
      if (name === undefined || name === '-') continue;
      if (seen.has(name)) yield `${path}.${where}: ${name} is named twice; a property has one source`;
      seen.add(name);
    }
  }
}

/** What else the columns of a file may be. */
const notProperties = new Set(['-', 'date', 'time']);

/** The properties a sensor's driver names, with the place. */
function* targets({ modbus, sdi12, ascii, http, file }: SensorView): Generator<[string, string | undefined]> {
  for (const [r, { property }] of (modbus?.registers ?? []).entries())
    yield [`modbus.registers.${r}.property`, property];
  for (const [v, name] of (sdi12?.values ?? []).entries())
    if (name !== '-') yield [`sdi12.values.${v}`, name];
  for (const [f, name] of (ascii?.fields ?? []).entries())
    if (name !== '-' && name !== ascii?.time) yield [`ascii.fields.${f}`, name];
  for (const [, name] of (ascii?.pattern ?? '').matchAll(/\(\?<([A-Za-z_]\w*)>/g))
    if (name !== ascii?.time) yield ['ascii.pattern', name];
  for (const name of http?.values ?? []) yield [`http.values.${name}`, name];
  for (const name of file?.values ?? []) yield [`file.values.${name}`, name];
  for (const [c, name] of (file?.columns ?? []).entries())
    if (!notProperties.has(name)) yield [`file.columns.${c}`, name];
}
