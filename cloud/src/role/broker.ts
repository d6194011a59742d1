// The role that gateways connect to, where no other broker is configured.
import type { Broker, OpenParts } from '@wellhead/host';
import type { Bridge } from '../bridge/bridge.ts';
import { openCloudBroker } from '../broker/cloud-broker.ts';
import type { Ground } from './ground.ts';

/** @throws WellheadError PORT_TAKEN */
export async function startBroker(
  { config, meters, downlink }: Ground,
  bridge: Bridge | undefined,
  opened: OpenParts,
): Promise<Broker> {
  const isOurs = config.bridge.url === undefined;
  const broker = opened.add(await openCloudBroker(config.broker, meters, isOurs ? bridge : undefined));
  if (isOurs) downlink.connect(broker);
  meters.gauge('gateways_connected', () => broker.connected);
  return broker;
}
