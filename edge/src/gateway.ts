// Starts the stages of the gateway in the order the data flows, and stops them in the same order.
import { join } from 'node:path';
import {
  type Broker,
  folderBytes,
  type HealthServer,
  type Logger,
  openHealthServer,
  type Running,
} from '@wellhead/host';
import type { WellheadError } from '@wellhead/protocol';
import { openLocalBroker } from './broker/local-broker.ts';
import { watchClock } from './clock/clock-state.ts';
import { realTimers } from './clock/timers.ts';
import type { LoadedConfig } from './config/load.ts';
import { createMqttDriver, type PassedBy } from './driver/mqtt/mqtt.ts';
import type { SourceHost } from './driver/sensor-driver.ts';
import { startBusDrivers } from './driver/start-drivers.ts';
import { startSourceDrivers } from './driver/start-sources.ts';
import { openGatewayMeters } from './health/meters.ts';
import { openIntake } from './intake/intake.ts';
import { openDeadLetters } from './journal/dead-letters.ts';
import { Housekeeping } from './journal/housekeeping.ts';
import { openJournalFolder } from './journal/open.ts';
import { openPlaces } from './journal/open-checkpoints.ts';
import { type Link, openLink } from './uplink/link.ts';
import { createTeller } from './uplink/tell.ts';
import { Uplink } from './uplink/uplink.ts';

export interface Gateway extends Running {
  readonly brokerPort: number;
  readonly healthPort: number | undefined;
  readonly origin: string;
}

const statusEveryMs = 60_000;
/** A backlog of this many readings that has been sent is worth a status of its own. */
const worthTelling = 100;
const lookEveryMs = 2_000;
const ledgerEveryMs = 3_600_000;

/** @throws WellheadError JOURNAL_OPEN, PORT_TAKEN */
export async function startGateway(
  { config, types, data, beside }: LoadedConfig,
  log: Logger,
  version: string,
): Promise<Gateway> {
  const now = Date.now;
  const clockState = watchClock(now);
  const meters = openGatewayMeters();
  const onDamaged = (key: string, error: WellheadError) => {
    meters.add('blocks_damaged_total');
    log.error({ key, code: error.code }, 'a block of the journal is damaged');
  };

  const { journal, setAside } = await openJournalFolder(
    data,
    {
      onDamaged,
      onMarkFailed: () => meters.add('delivery_marks_failed_total'),
      onLost: (loss) => {
        meters.add('readings_lost_total', loss.to - loss.from + 1);
        log.warn(loss, 'readings are lost');
      },
      onFound: (sensor, [from, to]) => {
        meters.add('readings_found_total', to - from + 1);
        log.info({ sensor, from, to }, 'readings that had been declared lost are there');
      },
    },
    now,
  );
  if (setAside !== undefined)
    log.error({ setAside }, 'the journal could not be opened; it was set aside and a new one begun');
  const deadLetters = await openDeadLetters({
    db: journal.db,
    limit: config.journal.deadLetters,
    onDropped: (count) => meters.add('dead_letters_dropped_total', count),
  });
  const housekeeping = new Housekeeping({
    journal,
    journalBytes: () => folderBytes(join(data, 'journal')),
    budgetBytes: config.journal.budget,
    whenFull: config.journal.whenFull,
    count: meters.add,
    onDamaged,
    onError: (error) =>
      log.error({ err: error }, 'housekeeping of the journal failed; it will be tried again'),
  });
  const sensors = config.sensors.map((sensor) => ({ ...sensor, type: types.get(sensor.type)! }));
  const intake = await openIntake({
    sensors,
    journal,
    deadLetters,
    now,
    clockState,
    isFull: () => housekeeping.full,
    count: meters.add,
  });

  const address = { site: config.site, gateway: config.gateway };
  const uplink = new Uplink({
    journal,
    address,
    window: config.uplink.window,
    resendAfterMs: config.uplink.resendAfter,
    lingerMs: config.uplink.linger,
    freshForMs: config.uplink.freshFor,
    now,
    timers: realTimers,
    count: meters.add,
    onDamaged,
    onError: (error) => log.error({ err: error }, 'sending failed; it will be tried again'),
  });
  journal.onAppended = (names) => uplink.appended(names);

  const { status, ledger } = createTeller({
    ...{ config, version, journal, clockState, now },
    journalBytes: () => housekeeping.bytes(),
    counters: () => meters.snapshot(),
  });

  let toldUndelivered = 0;
  const tellLedger = () => link.send('ledger', ledger(), { retain: true });
  const tellStatus = () => {
    toldUndelivered = journal.undelivered;
    link.send('status', status('online'), { retain: true });
  };

  const link: Link = openLink({
    url: config.uplink.url,
    address,
    username: config.uplink.username ?? `${config.site}/${config.gateway}`,
    password: config.uplink.password,
    mqttVersion: config.uplink.mqttVersion,
    keepaliveSeconds: Math.ceil(config.uplink.keepalive / 1000),
    retry: { firstMs: config.uplink.retry.first, maxMs: config.uplink.retry.max },
    random: Math.random,
    will: () => status('offline'),
    onUp: () => {
      meters.add('uplink_connections_total');
      log.info({ url: config.uplink.url, undelivered: journal.undelivered }, 'the cloud is reached');
      tellStatus();
      tellLedger();
      uplink.connected(link);
    },
    onDown: (why) => {
      log.warn({ why, undelivered: journal.undelivered }, 'the cloud is not reached; readings are kept');
      uplink.disconnected();
    },
    onReceipt: (payload) => {
      uplink
        .receipt(payload)
        .catch((error: unknown) => log.error({ err: error }, 'a receipt could not be noted'));
    },
    onRequest: (payload) => {
      uplink
        .request(payload)
        .then(tellLedger)
        .catch((error: unknown) => log.error({ err: error }, 'a request could not be noted'));
    },
  });
  const timers = [
    setInterval(tellStatus, statusEveryMs),
    setInterval(() => {
      if (toldUndelivered >= worthTelling && journal.undelivered < worthTelling) tellStatus();
    }, lookEveryMs),
    setInterval(tellLedger, ledgerEveryMs),
  ];

  const sayOnce = onceEach(log);
  const passedBy: PassedBy = (kind, what) => {
    meters.add('passed_by_total', 1, kind);
    sayOnce({ [kind]: what }, 'a sensor sends what nothing is made of; check its topic and names');
  };
  const broker: Broker = await openLocalBroker(
    config.broker,
    createMqttDriver(sensors, intake, passedBy),
    meters,
  );
  let worstLateMs = 0;
  const host: SourceHost = {
    intake,
    places: openPlaces(journal.db, () => meters.add('places_unkept_total')),
    now,
    random: Math.random,
    count: meters.add,
    say: (level, facts, text) => log[level](facts, text),
    late: (ms) => {
      worstLateMs = Math.max(worstLateMs, ms);
    },
  };
  const drivers = [startBusDrivers(config.buses, sensors, host), startSourceDrivers(sensors, host, beside)];
  meters.gauge(
    'poll_lateness_worst_seconds',
    'The latest that any turn of a polled sensor began since the start',
    () => worstLateMs / 1000,
  );
  meters.gauge(
    'readings_undelivered',
    'Readings kept that the cloud has no receipt for',
    () => journal.undelivered,
  );
  meters.gauge('uplink_up', '1 while the cloud is reached', () => (link.up ? 1 : 0));
  meters.gauge('process_resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss());
  const health: HealthServer | undefined =
    config.health.port === undefined
      ? undefined
      : await openHealthServer({
          host: config.health.host,
          port: config.health.port,
          health: () => ({
            ...address,
            origin: journal.origin,
            link: link.up ? 'up' : 'down',
            undelivered: journal.undelivered,
            deadLetters: deadLetters.count,
            full: housekeeping.full,
            sensors: config.sensors.map(({ id }) => {
              const record = journal.sensor(id);
              return { sensor: id, last: record?.last ?? 0, delivered: record?.delivered.size ?? 0 };
            }),
          }),
          metrics: () => meters.text(),
        });
  log.info(
    { ...address, origin: journal.origin, broker: broker.port, health: health?.port },
    'the gateway is running',
  );

  let closing: Promise<void> | undefined;
  return {
    brokerPort: broker.port,
    healthPort: health?.port,
    origin: journal.origin,
    close() {
      closing ??= (async () => {
        for (const timer of timers) clearInterval(timer);
        await Promise.all([broker, ...drivers].map((part) => part.close()));
        await health?.close();
        uplink.close();
        await link.close(status('stopped'));
        await housekeeping.close();
        await journal.close();
        log.info('the gateway has stopped');
      })();
      return closing;
    },
  };
}

/** Warns of each thing once, so that a sensor that sends it every second does not fill the log. */
function onceEach(log: Logger): (facts: Readonly<Record<string, string>>, text: string) => void {
  const most = 1_000;
  const said = new Set<string>();
  return (facts, text) => {
    const key = JSON.stringify(facts);
    if (said.has(key) || said.size >= most) return;
    said.add(key);
    log.warn(facts, text);
  };
}
