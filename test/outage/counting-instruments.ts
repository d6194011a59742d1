// Instruments that are asked: Modbus RTU at a pseudo-terminal, answering 1, 2, 3 …, so that it is known what each said.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Instrument } from '../../sim/src/device/instrument.ts';
import { openLine } from '../../sim/src/device/line.ts';
import { createModbusSlave } from '../../sim/src/device/modbus-slave.ts';
import { Switches } from '../../sim/src/device/switches.ts';

/** What one instrument said, and what of it the gateway has made durable. */
export interface Said {
  /** It answered 1 to this, one after the other. */
  given: number;
  readonly acknowledged: Set<number>;
}

export interface CountingInstruments {
  /** As they hang on the line, for people. */
  readonly where: 'a pseudo-terminal' | 'TCP';
  readonly said: ReadonlyMap<string, Said>;
  /** Keys of a gateway's configuration: the bus and the sensors on it. */
  readonly bus: object;
  readonly sensors: readonly object[];
  /** The gateway that asked was killed: its last question is no proof of anything. */
  gatewayEnded(): Promise<void>;
  close(): Promise<void>;
}

const every = 100;
/** Longer than any pause of a busy machine: a question that comes sooner is not a second attempt. */
const timeoutMs = 5_000;
/** What the dead gateway had written has come through by then. */
const lineEmptyAfterMs = 200;
const property = 'water_level';

/**
 * Whoever polls gives no PUBACK. But a gateway asks an instrument again only when the reading before is durable:
 * the next question of the same gateway process is the acknowledgement.
 */
export async function openCountingInstruments(
  names: readonly string[],
  folder: string,
): Promise<CountingInstruments> {
  const hasTerminals = spawnSync('socat', ['-V']).status === 0;
  const path = join(folder, 'line');
  const said = new Map(names.map((name) => [name, { given: 0, acknowledged: new Set<number>() }]));
  const asked = new Map<string, { readonly answer: number; readonly at: number }>();
  const unitOf = (name: string) => names.indexOf(name) + 1;

  const slave = createModbusSlave({
    framing: 'rtu',
    units: new Map(names.map((name) => [unitOf(name), new Map([[0, 1]])])),
  });
  const instrument: Instrument = {
    ...slave,
    connect: (say) =>
      slave.connect((utterance) => {
        const name = names[Number(utterance.from) - 1]!;
        const mine = said.get(name)!;
        const before = asked.get(name);
        const at = performance.now();
        if (before !== undefined && at - before.at < timeoutMs) mine.acknowledged.add(before.answer);
        asked.set(name, { answer: ++mine.given, at });
        slave.set(utterance.from, '0', mine.given + 1);
        say(utterance);
      }),
  };
  const line = await openLine({
    instrument,
    switches: new Switches(),
    host: '127.0.0.1',
    port: 0,
    pty: hasTerminals ? path : undefined,
    random: () => 0,
  });

  const plan = { bus: 'line', every: `${every}ms`, timeout: `${timeoutMs}ms`, retries: 0 };
  return {
    where: hasTerminals ? 'a pseudo-terminal' : 'TCP',
    said,
    bus: {
      id: 'line',
      ...(hasTerminals
        ? { serial: { path } }
        : { tcp: { host: '127.0.0.1', port: line.port, modbus: 'rtu' } }),
    },
    sensors: names.map((id) => ({
      id,
      type: 'groundwater',
      modbus: { ...plan, unit: unitOf(id), registers: [{ property, address: 0 }] },
    })),
    async gatewayEnded() {
      await new Promise((resolve) => setTimeout(resolve, lineEmptyAfterMs));
      asked.clear();
    },
    close: () => line.close(),
  };
}
