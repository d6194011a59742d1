// The way to the cloud: the link, what is sent over it, and what the gateway says of itself.
import type { OpenParts } from '@wellhead/host';
import type { Address } from '@wellhead/protocol';
import { realTimers } from '../clock/timers.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { GatewayBase } from '../health/base.ts';
import type { JournalParts } from '../journal/start-journal.ts';
import { type Link, openLink } from './link.ts';
import { createReport, type Report } from './report.ts';
import { Uplink } from './uplink.ts';

const statusEveryMs = 60_000;
/** A backlog of this many readings that has been sent is worth a status of its own. */
const worthReporting = 100;
const lookEveryMs = 2_000;
const ledgerEveryMs = 3_600_000;

/** Connects, and goes on trying; the journal's new readings are sent from now on. */
export function startUplink(
  { config }: LoadedConfig,
  { logger, meters, now, clockState }: GatewayBase,
  { journal, housekeeping, reports }: JournalParts,
  version: string,
  opened: OpenParts,
): Link {
  const address: Address = { site: config.site, gateway: config.gateway };
  const { window, resendAfter, linger, freshFor, url, retry } = config.uplink;
  const uplink = new Uplink({
    journal,
    address,
    window,
    now,
    timers: realTimers,
    count: meters.add,
    observe: meters.observe,
    resendAfterMs: resendAfter,
    lingerMs: linger,
    freshForMs: freshFor,
    onDamaged: reports.onDamaged,
    onError: (error) => logger.error({ err: error }, 'sending failed; it will be tried again'),
  });
  journal.onAppended = (names) => uplink.appended(names);
  const report = createReport({
    config,
    version,
    journal,
    clockState,
    now,
    journalBytes: () => housekeeping.bytes(),
    counters: () => meters.snapshot(),
  });
  const noted = (work: Promise<unknown>, what: string) =>
    work.catch((error: unknown) => logger.error({ err: error }, `${what} could not be noted`));
  const link: Link = openLink({
    url,
    address,
    password: config.uplink.password,
    mqttVersion: config.uplink.mqttVersion,
    username: config.uplink.username ?? `${config.site}/${config.gateway}`,
    keepaliveSeconds: Math.ceil(config.uplink.keepalive / 1000),
    retry: { firstMs: retry.first, maxMs: retry.max },
    random: Math.random,
    will: () => report.status('offline'),
    onUp: () => {
      meters.add('uplink_connections_total');
      logger.info({ url, undelivered: journal.undelivered }, 'the cloud is reached');
      reporter.status();
      reporter.ledger();
      uplink.connected(link);
    },
    onDown: (why) => {
      logger.warn({ why, undelivered: journal.undelivered }, 'the cloud is not reached; readings are kept');
      uplink.disconnected();
    },
    onReceipt: (payload) => void noted(uplink.receipt(payload), 'a receipt'),
    onRequest: (payload) => void noted(uplink.request(payload).then(reporter.ledger), 'a request'),
  });
  const reporter = startReporting(link, report, () => journal.undelivered);
  opened.add({
    async close() {
      reporter.close();
      // Nothing is sent behind the last status.
      uplink.close();
      await link.close(report.status('stopped'));
    },
  });
  return link;
}

/** Reports now and then, and when a backlog has been sent. */
function startReporting(link: Link, report: Report, undelivered: () => number) {
  let reported = 0;
  const ledger = () => void link.send('ledger', report.ledger(), { retain: true });
  const status = () => {
    reported = undelivered();
    link.send('status', report.status('online'), { retain: true });
  };
  const timers = [
    setInterval(status, statusEveryMs),
    setInterval(() => {
      if (reported >= worthReporting && undelivered() < worthReporting) status();
    }, lookEveryMs),
    setInterval(ledger, ledgerEveryMs),
  ];
  return { ledger, status, close: () => timers.forEach(clearInterval) };
}
