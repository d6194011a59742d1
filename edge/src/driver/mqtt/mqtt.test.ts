import { beforeEach, describe, expect, it } from 'vitest';
import { sonde } from '../../parts.testing.ts';
import type { Intake } from '../../reading/intake-port.ts';
import type { BadInput, RawReading } from '../../reading/raw-reading.ts';
import { createMqttDriver, type MqttDriver, type MqttSensor, type OnIgnored } from './mqtt.ts';

/** The far end of a driver: keeps what it is brought. */
class Receiver implements Intake {
  readonly readings: RawReading[] = [];
  readonly refused: BadInput[] = [];
  async accept(reading: RawReading): Promise<void> {
    this.readings.push(reading);
  }
  async refuse(input: BadInput): Promise<void> {
    this.refused.push(input);
  }
}

let receiver: Receiver;
beforeEach(() => {
  receiver = new Receiver();
});

const passed: string[] = [];
const onIgnored: OnIgnored = (kind, what) => passed.push(`${kind} ${what}`);
const plain: MqttSensor = { id: 'b1', type: sonde };
const mapped: MqttSensor = {
  id: 'b2',
  type: sonde,
  mqtt: [
    { topic: 'plant/1/obj', time: 'meta.ts', values: { ph: 'data.ph' } },
    { topic: 'plant/1/raw' },
    { topic: 'plant/1/level', property: 'level' },
  ],
};

async function send(driver: MqttDriver, topic: string, payload: string): Promise<boolean> {
  const handled = driver(topic, Buffer.from(payload));
  await handled;
  return handled !== undefined;
}

describe('a sensor without topics of its own', () => {
  it('publishes objects to sensors/<id>', async () => {
    const driver = createMqttDriver([plain], receiver, onIgnored);
    await send(driver, 'sensors/b1', '{"time":1769860800,"level":1.5,"ph":7}');
    await send(driver, 'sensors/b1', '{"ph":7.5}');
    expect(receiver.readings).toEqual([
      { sensor: 'b1', measuredAt: 1_769_860_800_000, values: [1.5, 7] },
      { sensor: 'b1', values: [undefined, 7.5] },
    ]);
  });

  it('publishes plain values to sensors/<id>/<property>', async () => {
    const driver = createMqttDriver([plain], receiver, onIgnored);
    await send(driver, 'sensors/b1/ph', '7.25');
    await send(driver, 'sensors/b1/ph', '(na)');
    expect(receiver.readings).toEqual([
      { sensor: 'b1', values: [undefined, 7.25] },
      { sensor: 'b1', values: [undefined, '(na)'] },
    ]);
  });
});

describe('a sensor with a mapping', () => {
  it('is read as its mapping says', async () => {
    const driver = createMqttDriver([plain, mapped], receiver, onIgnored);
    await send(driver, 'plant/1/obj', '{"meta":{"ts":0},"data":{"ph":7},"level":3}');
    await send(driver, 'plant/1/raw', '{"timestamp":0,"level":2}');
    await send(driver, 'plant/1/level', '4');
    expect(receiver.readings).toEqual([
      { sensor: 'b2', measuredAt: 0, values: [undefined, 7] },
      { sensor: 'b2', measuredAt: 0, values: [2, undefined] },
      { sensor: 'b2', values: [4, undefined] },
    ]);
  });

  it('does not listen to the usual topics', async () => {
    const driver = createMqttDriver([mapped], receiver, onIgnored);
    await send(driver, 'sensors/b2', '{"level":3}');
    expect(receiver.readings).toEqual([]);
    expect(receiver.refused).toMatchObject([{ source: 'sensors/b2', reason: 'unknown-sensor' }]);
  });
});

it.each([
  ['sensors/b9', '{"level":1}', 'unknown-sensor'],
  ['sensors/b9/level', '1', 'unknown-sensor'],
  ['sensors/', '1', 'unknown-sensor'],
  ['sensors/b1/depth', '1', 'unknown-property'],
  ['sensors/b1/level/deep', '1', 'unknown-property'],
  ['sensors/b1/', '1', 'unknown-property'],
  ['sensors/__proto__', '{"level":1}', 'unknown-sensor'],
  ['sensors/constructor', '{"level":1}', 'unknown-sensor'],
  ['sensors/b1/__proto__', '1', 'unknown-property'],
  ['sensors/b1/constructor', '1', 'unknown-property'],
  ['sensors/b1', '{"__proto__":{"level":1}}', 'no-value'],
  ['sensors/b1', '{"constructor":{"prototype":{"level":1}}}', 'no-value'],
  ['sensors/b1', 'level=1', 'bad-json'],
  ['sensors/b1', '{"level":[1]}', 'bad-value'],
  ['sensors/b1', '{"time":"soon","level":1}', 'bad-time'],
  ['sensors/b1/level', '', 'no-value'],
])('%s with %s is kept as a dead letter: %s', async (topic, payload, reason) => {
  const driver = createMqttDriver([plain], receiver, onIgnored);
  expect(await send(driver, topic, payload)).toBe(true);
  expect(receiver.readings).toEqual([]);
  expect(receiver.refused).toEqual([
    { source: topic, reason, detail: expect.stringMatching(/./), payload: Buffer.from(payload) },
  ]);
  expect(({} as Record<string, unknown>).level).toBeUndefined();
});

it.each([
  '',
  'sensors',
  'elsewhere',
  '__proto__',
  'constructor',
  'toString',
  '$SYS/x',
  'Sensors/b1',
  '/sensors/b1',
])('the topic "%s" is no concern of the gateway', async (topic) => {
  const driver = createMqttDriver([plain], receiver, onIgnored);
  expect(await send(driver, topic, '{"level":1}')).toBe(false);
  expect(receiver).toMatchObject({ readings: [], refused: [] });
});

it('is done with a message only when the intake is', async () => {
  let keep: () => void = () => undefined;
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  receiver.accept = () => kept;
  let done = false;
  const handled = createMqttDriver(
    [plain],
    receiver,
    onIgnored,
  )('sensors/b1/ph', Buffer.from('7'))!.then(() => {
    done = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toBe(false);
  keep();
  await handled;
  expect(done).toBe(true);
});

it('tells of topics that nobody maps and of names that nothing is made of', async () => {
  passed.length = 0;
  const driver = createMqttDriver([plain], receiver, onIgnored);
  expect(driver('somewhere/else', Buffer.from('1'))).toBeUndefined();
  await driver('sensors/b1', Buffer.from('{"time":"2026-01-01","ph":7,"watr_level":3}'));
  expect(passed).toEqual(['unmapped-topic somewhere/else', 'ignored-field b1: watr_level']);
});
