// A bus for a person who looks: every byte is shown, and nothing is counted.
import { WellheadError } from '@wellhead/protocol';
import type { Bus } from '../driver/serial-bus/bus.ts';
import { type BusConfig, busSchema } from '../driver/serial-bus/config.ts';
import { openBus } from '../driver/serial-bus/open-bus.ts';
import type { DriverHost } from '../reading/sensor-driver.ts';
import { showBytes } from './show.ts';

export interface LineOptions {
  readonly port?: string;
  readonly tcp?: string;
  readonly baud: number;
  readonly parity: 'none' | 'even' | 'odd';
  readonly dataBits: string;
  readonly stopBits: string;
}

export type Print = (line: string) => void;

/** The bus that the options name. @throws WellheadError CONFIG_INVALID */
export function busConfigOf({ port, tcp, baud, parity, dataBits, stopBits }: LineOptions): BusConfig {
  if ((port === undefined) === (tcp === undefined)) {
    throw new WellheadError('CONFIG_INVALID', 'give either --port (a serial port) or --tcp (host:port)', {
      hint: '`wellhead-edge probe` lists the serial ports of this machine.',
    });
  }
  const [, host, number] = /^(.+?)(?::(\d+))?$/.exec(tcp ?? '') ?? [];
  return busSchema.parse({
    id: 'probe',
    ...(port === undefined
      ? { tcp: { host, port: Number(number ?? 502) } }
      : {
          serial: {
            path: port,
            baudRate: baud,
            parity,
            dataBits: Number(dataBits),
            stopBits: Number(stopBits),
          },
        }),
  });
}

/** Opens it, showing every byte on stdout. */
export function openProbedBus(config: BusConfig, print: Print): { bus: Bus; host: DriverHost } {
  const startAt = performance.now();
  const host: DriverHost = {
    intake: { accept: () => Promise.resolve(), refuse: () => Promise.resolve() },
    now: Date.now,
    random: Math.random,
    count: () => undefined,
    say: (_level, { trouble }, text) => print(`${text}${trouble === undefined ? '' : `: ${trouble}`}`),
  };
  const bus = openBus(config, host, {
    // A scan is mostly silence.
    silentRequests: Number.POSITIVE_INFINITY,
    onTraffic: (direction, bytes) => print(showBytes(direction, bytes, performance.now() - startAt)),
  });
  return { bus, host };
}
