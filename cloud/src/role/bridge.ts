// The role that takes batches from a broker into the log, and gives receipts.
import type { Logger, OpenParts } from '@wellhead/host';
import { type Bridge, createBridge } from '../bridge/bridge.ts';
import { openBrokerLink } from '../bridge/broker-link.ts';
import { createIntake, type Intake } from '../bridge/intake.ts';
import type { Ground } from './ground.ts';

export interface BridgeRole {
  readonly intake: Intake;
  readonly bridge: Bridge;
}

/** Where the broker is another's, the bridge connects to it; else the broker of this process calls it. */
export function startBridge(ground: Ground, opened: OpenParts): BridgeRole {
  const { config, readingLog, gateways, deadLetters, downlink, meters, logger, now, name } = ground;
  const intake = createIntake({
    log: readingLog!.log,
    gateways,
    now,
    count: meters.add,
    publish: (topic, payload) => downlink.publish(topic, payload),
  });
  const take = createBridge({ intake, deadLetters });
  const bridge: Bridge = async (topic, payload) => {
    const arrivedAt = performance.now();
    await take(topic, payload);
    meters.observe('intake_seconds', (performance.now() - arrivedAt) / 1000);
  };
  const { url, username, password, mqttVersion } = config.bridge;
  if (url !== undefined) {
    const link = openBrokerLink({
      url,
      username,
      password,
      name,
      mqttVersion,
      bridge,
      onLink: linkReporter(logger, url),
      group: config.bridge.group === false ? undefined : config.bridge.group,
      sessionExpirySeconds: Math.ceil(config.bridge.sessionExpiry / 1000),
      receiveMaximum: config.bridge.receiveMaximum,
      maxPendingBytes: config.bridge.maxPending,
      count: meters.add,
    });
    downlink.connect(opened.add(link));
  }
  return { intake, bridge };
}

/** Says when a broker of one's own is reached and lost, not at each attempt. */
function linkReporter(logger: Logger, url: string): (isUp: boolean, why: string) => void {
  let was: boolean | undefined;
  return (isUp, why) => {
    if (isUp === was) return;
    was = isUp;
    if (isUp) logger.info({ url }, 'the broker is reached');
    else logger.warn({ url, why }, 'the broker is not reached; gateways keep their readings');
  };
}
