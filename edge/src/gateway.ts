// The parts of the gateway, in the order the data flows; closed in reverse.
import { createOnceWarner, type Logger, openInOrder, type Running } from '@wellhead/host';
import { openLocalBroker } from './broker/local-broker.ts';
import type { LoadedConfig } from './config/load.ts';
import { createDriverHost } from './driver/create-host.ts';
import { createMqttDriver } from './driver/mqtt/mqtt.ts';
import { drivers } from './driver/registry.ts';
import { startDrivers } from './driver/start-drivers.ts';
import { createBase } from './health/base.ts';
import { startHealth } from './health/start-health.ts';
import { openIntake } from './intake/intake.ts';
import { openCheckpoints } from './journal/open-checkpoints.ts';
import { startJournal } from './journal/start-journal.ts';
import { startUplink } from './uplink/start-uplink.ts';

export interface Gateway extends Running {
  readonly brokerPort: number;
  readonly healthPort: number | undefined;
  readonly origin: string;
}

/** @throws WellheadError JOURNAL_OPEN, PORT_TAKEN */
export function startGateway(loaded: LoadedConfig, logger: Logger, version: string): Promise<Gateway> {
  return openInOrder(async (opened) => {
    const { config, types, beside } = loaded;
    const base = createBase(logger);
    const { meters, now, clockState } = base;
    const kept = await startJournal(loaded, base, opened);
    const { journal, deadLetters, housekeeping } = kept;
    const sensors = config.sensors.map((sensor) => ({ ...sensor, type: types.get(sensor.type)! }));
    const intake = await openIntake({
      sensors,
      journal,
      deadLetters,
      now,
      clockState,
      count: meters.add,
      isFull: () => housekeeping.full,
    });
    const link = startUplink(loaded, base, kept, version, opened);

    const warnOnce = createOnceWarner(logger);
    const mqtt = createMqttDriver(sensors, intake, (kind, what) => {
      meters.add('ignored_total', 1, kind);
      warnOnce({ [kind]: what }, 'what a sensor sends is ignored; check its topic and names');
    });
    const broker = opened.add(await openLocalBroker(config.broker, mqtt, meters));
    const checkpoints = openCheckpoints(journal.db, () => meters.add('checkpoints_unkept_total'));
    const host = createDriverHost(base, intake, checkpoints);
    opened.add(startDrivers({ drivers, buses: config.buses, sensors, host, beside }));
    const health = await startHealth(config, base, kept, link, opened);

    const { origin } = journal;
    const ports = { broker: broker.port, health: health?.port };
    logger.info({ site: config.site, gateway: config.gateway, origin, ...ports }, 'the gateway is running');
    return {
      brokerPort: broker.port,
      healthPort: health?.port,
      origin,
      async close() {
        await opened.close();
        logger.info('the gateway has stopped');
      },
    };
  });
}
