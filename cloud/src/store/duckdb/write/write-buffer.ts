// What one write would change in memory, kept apart until its commit, so that a failed write leaves nothing behind.
import { type Block, RangeSet } from '@wellhead/protocol';
import { type TypeTable, typeTable } from '../open/schema.ts';
import { newSensor, type Sensor, type StoreState, sensorKey } from '../open/state.ts';
import { applySensor, type SensorBuffer, type SeriesBuffer, type Shape } from './sensor-buffer.ts';

/**
 * All that one write would change in memory, kept apart until its commit: dropping the buffer undoes a write.
 */
export class WriteBuffer {
  readonly texts = new Map<string, number>();
  readonly types = new Map<string, TypeTable>();
  readonly sensors = new Map<string, SensorBuffer>();
  /** Sensors counted again from the table, because a replaced reading was their first or last. */
  readonly recounted = new Map<number, Sensor>();
  readonly #state: StoreState;
  #newSensors = 0;
  #newTypes = 0;

  constructor(state: StoreState) {
    this.#state = state;
  }

  get isEmpty(): boolean {
    if (this.texts.size > 0 || this.types.size > 0) return false;
    for (const sensor of this.sensors.values()) {
      if (sensor.base === undefined || sensor.shapes.size > 0 || sensor.readings > 0) return false;
    }
    return true;
  }

  textId(text: string): number {
    const known = this.#state.texts.get(text) ?? this.texts.get(text);
    if (known !== undefined) return known;
    const id = this.#state.texts.size + this.texts.size;
    this.texts.set(text, id);
    return id;
  }

  /** The table for a type, with columns for at least these properties. */
  typeFor(name: string, properties: readonly string[]): TypeTable {
    const known = this.types.get(name) ?? this.#state.types.get(name);
    if (known !== undefined && properties.every((property) => known.columnOf.has(property))) return known;
    const id = known?.id ?? this.#state.types.size + this.#newTypes++;
    const wider = typeTable(id, name, [...new Set([...(known?.properties ?? []), ...properties])]);
    this.types.set(name, wider);
    return wider;
  }

  sensorFor(site: string, name: string): SensorBuffer {
    const key = sensorKey(site, name);
    const known = this.sensors.get(key);
    if (known !== undefined) return known;
    const base = this.#state.sensors.get(key);
    const id = base?.id ?? this.#state.sensors.size + this.#newSensors++;
    const buffer = {
      ...newSensor(id, site, name),
      base,
      shapes: new Map(),
      series: new Map(),
      latest: undefined,
      shape: undefined,
    };
    this.sensors.set(key, buffer);
    return buffer;
  }

  seriesFor(sensor: SensorBuffer, origin: string, originId: number): SeriesBuffer {
    const known = sensor.series.get(origin);
    if (known !== undefined) return known;
    const base = sensor.base?.series.get(origin);
    const highest = base?.highest ?? Number.NEGATIVE_INFINITY;
    const buffer = { sensor, origin, originId, base, added: new RangeSet(), highest };
    sensor.series.set(origin, buffer);
    return buffer;
  }

  /** Where the properties of a sensor's block go; notes what the sensor names for the first time. */
  shapeOf(sensor: SensorBuffer, block: Block): Shape {
    const last = sensor.shape;
    if (last !== undefined && last.type === block.type && isSame(last.properties, block.properties))
      return last;
    const { type: name, properties } = block;
    const type = this.typeFor(name, properties);
    const places = properties.map((property) => type.columnOf.get(property)!);
    this.#noteShape(sensor, type.id, -1);
    for (let p = 0; p < places.length; p++) {
      if (this.#noteShape(sensor, type.id, places[p]!)) sensor.properties.add(properties[p]!);
    }
    sensor.types.add(type.id);
    sensor.shape = { type: name, properties, places };
    return sensor.shape;
  }

  #noteShape(sensor: SensorBuffer, type: number, property: number): boolean {
    const shape = `${type}/${property}`;
    if (sensor.base?.shapes.has(shape) || sensor.shapes.has(shape)) return false;
    sensor.shapes.set(shape, [type, property]);
    return true;
  }

  /** The names as they will be after the commit: for questions asked inside the transaction. */
  preview(): StoreState {
    const textById = [...this.#state.textById];
    const typeById = [...this.#state.typeById];
    for (const [text, id] of this.texts) textById[id] = text;
    for (const type of this.types.values()) typeById[type.id] = type;
    return { ...this.#state, textById, typeById };
  }

  /**
   * Before the commit: a question may meet the readings before the writer hears that they are committed, and
   * their origins and gateways must have names then. A number that is not used after all is given anew.
   */
  announceTexts(): void {
    for (const [text, id] of this.texts) this.#state.textById[id] = text;
  }

  /** Makes the state what the committed write has made it. */
  apply(): void {
    const state = this.#state;
    for (const [text, id] of this.texts) state.texts.set(text, id);
    for (const [name, type] of this.types) {
      state.types.set(name, type);
      state.typeById[type.id] = type;
    }
    for (const [key, buffer] of this.sensors) {
      const sensor = buffer.base ?? newSensor(buffer.id, buffer.site, buffer.name);
      applySensor(sensor, buffer);
      const recounted = this.recounted.get(buffer.id);
      if (recounted !== undefined) {
        sensor.readings = recounted.readings;
        sensor.first = recounted.first;
        sensor.last = recounted.last;
        sensor.latest = recounted.latest;
      }
      state.sensors.set(key, sensor);
    }
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
