// The role that people and programs ask: API, dashboard, live stream.
import { randomBytes } from 'node:crypto';
import type { Broker, OpenParts } from '@wellhead/host';
import { openAccess } from '../access/open-access.ts';
import type { ReanalysisJobs } from '../analysis/history/reanalysis-jobs.ts';
import type { Api } from '../api/http/api.ts';
import { followLog } from '../api/live/follow-log.ts';
import { openApi } from '../api/server.ts';
import { watchGateways } from '../bridge/broker-link.ts';
import type { Intake } from '../bridge/intake.ts';
import { Requests } from '../fleet/requests.ts';
import { type Ground, isLiveSplit } from './ground.ts';

/** What other roles of this process bring to the API. */
export interface ApiPeers {
  readonly intake: Intake | undefined;
  readonly history: ReanalysisJobs | undefined;
  /** Batches in the log that are not in the store yet, where this process stores them. */
  readonly lag: (() => number) | undefined;
  readonly broker: Broker | undefined;
}

/** @throws WellheadError PORT_TAKEN */
export async function startApi(ground: Ground, peers: ApiPeers, opened: OpenParts): Promise<Api> {
  const { config, version, store, gateways, types, sites, live, meters, now, deadLetters, downlink } = ground;
  const lag = peers.lag ?? (await followLive(ground, opened));
  watchForeignBroker(ground, opened);
  const { intake, history } = peers;
  const api = await openApi({
    ...config.http,
    version,
    store: store!,
    gateways,
    types,
    sites,
    live,
    meters,
    now,
    deadLetters,
    access: await openAccessOf(ground),
    ...(intake !== undefined && {
      intake,
      requests: new Requests({ now, publish: (topic, payload) => downlink.publish(topic, payload) }),
    }),
    ...(history !== undefined && { history }),
    maxReadingsBytes: config.broker.maxPacket,
    onError: (error) => ground.logger.error({ err: error }, 'an answer failed'),
    health: () => ({
      roles: config.roles,
      log: { next: ground.readingLog!.log.next, lag: lag() },
      deadLetters: deadLetters.count,
      ...(peers.broker === undefined ? {} : { gateways: peers.broker.connected }),
    }),
  });
  return opened.add(api);
}

/** Where readings are stored by another process, those who watch are told from the log. */
async function followLive(ground: Ground, opened: OpenParts): Promise<() => number> {
  if (!isLiveSplit(ground)) return () => 0;
  const { readingLog, live, name, now, logger } = ground;
  const follower = await followLog(readingLog!.log, live, {
    name: `${name}-${randomBytes(4).toString('hex')}`,
    now: now(),
    onError: (error) =>
      logger.error({ err: error }, 'live readings could not be followed; it will be tried again'),
  });
  opened.add(follower);
  return () => follower.lag;
}

function watchForeignBroker({ config, name, gateways, now }: Ground, opened: OpenParts): void {
  const { url, username, password, mqttVersion } = config.bridge;
  if (url === undefined) return;
  opened.add(
    watchGateways({
      url,
      username,
      password,
      name,
      mqttVersion,
      note: (address, said) => gateways.note(address, now(), said),
    }),
  );
}

function openAccessOf({ config, state, now, meters, logger }: Ground) {
  return openAccess({
    db: state,
    host: config.http.host,
    access: config.http.access,
    now,
    onDropped: (entries) => meters.add('audit_entries_dropped_total', entries),
    onSetUp: (token) =>
      logger.warn(
        { token },
        'the first admin token, shown this once: log in with it on the dashboard and make tokens for others',
      ),
  });
}
