// The bus that a configuration describes; it opens by itself, again and again until it can.
import { realTimers } from '../../clock/timers.ts';
import type { DriverHost } from '../../reading/sensor-driver.ts';
import { Bus, type BusOptions } from './bus.ts';
import type { BusConfig } from './config.ts';
import { serialWire } from './serial-wire.ts';
import { tcpWire } from './tcp-wire.ts';

/** The bus of a configuration; it is being opened, and goes on trying. */
export function openBus(
  config: BusConfig,
  host: Pick<DriverHost, 'count' | 'say' | 'random'>,
  more: Pick<BusOptions, 'onTraffic' | 'silentRequests'> = {},
): Bus {
  const { id, serial, tcp, pause } = config;
  return new Bus({
    name: id,
    open: serial === undefined ? tcpWire(tcp!) : serialWire(serial),
    pauseMs: pause,
    host,
    timers: realTimers,
    ...more,
  });
}
