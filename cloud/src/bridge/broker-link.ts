// The bridge at a broker that is not ours (Mosquitto, HiveMQ, …): MQTT 5, a session that outlives a restart, and a
// subscription that several bridges share.
import { type Address, ledgerSchema, parseTopic, statusSchema } from '@wellhead/protocol';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { GatewayRecord } from '../fleet/gateways.ts';
import type { Bridge } from './bridge.ts';

export interface BrokerAddress {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Stays the same over restarts, and is no other process's: the broker keeps the session under it. */
  readonly name: string;
  readonly mqttVersion: 4 | 5;
}

export interface BrokerLinkOptions extends BrokerAddress {
  /** Bridges of one group share the messages; undefined: this one gets all of them. */
  readonly group: string | undefined;
  readonly sessionExpirySeconds: number;
  /** Messages the broker may have under way to us without an acknowledgement (MQTT 5, 3.1.2.11.3). */
  readonly receiveMaximum: number;
  /** Batches beyond this many bytes at once are left out; without a receipt their gateways send them again. */
  readonly maxPendingBytes: number;
  readonly bridge: Bridge;
  readonly count: (name: BrokerLinkCounter, amount?: number) => void;
  readonly onLink: (isUp: boolean, why: string) => void;
}

export type BrokerLinkCounter = 'batches_left_out_total' | 'receipts_left_out_total';

export interface BrokerLink {
  publish(topic: string, payload: string): void;
  close(): Promise<void>;
}

const reconnectMs = 1_000;
const again = { firstMs: 500, maxMs: 10_000 };

/**
 * Two connections. What gateways send (batches, status, ledger) needs no held PUBACK: the proof is the receipt, and
 * a batch that is left out comes again. What knows no receipts (single readings as JSON) is acknowledged only after
 * the log's synced append, one message at a time.
 */
export function openBrokerLink(options: BrokerLinkOptions): BrokerLink {
  let pendingBytes = 0;
  const gateways = join(options, 'gateways', ['data', 'status', 'ledger']);
  gateways.on('message', (topic, payload) => {
    if (pendingBytes + payload.length > options.maxPendingBytes) {
      options.count('batches_left_out_total');
      return;
    }
    pendingBytes += payload.length;
    options
      .bridge(topic, payload)
      .catch(() => options.count('batches_left_out_total'))
      .finally(() => {
        pendingBytes -= payload.length;
      });
  });
  gateways.on('connect', () => options.onLink(true, ''));
  gateways.on('close', () => options.onLink(false, 'the connection was closed'));
  gateways.on('error', (error) => options.onLink(false, error.message));

  let closing: Promise<void> | undefined;
  const publishers = join(options, 'publishers', ['json']);
  publishers.on('error', () => undefined); // told by the other connection
  publishers.handleMessage = (packet, done) => {
    let waitMs = again.firstMs;
    const take = (): void => {
      options.bridge(packet.topic.toString(), Buffer.from(packet.payload)).then(
        () => done(),
        (error: Error) => {
          if (closing !== undefined) return done(error);
          setTimeout(take, waitMs);
          waitMs = Math.min(waitMs * 2, again.maxMs);
        },
      );
    };
    take();
  };

  return {
    publish(topic, payload) {
      // A receipt that cannot be sent now is not kept: its batch comes again and gets another.
      if (gateways.connected) gateways.publish(topic, payload, { qos: 1 }, () => undefined);
      else options.count('receipts_left_out_total');
    },
    close() {
      closing ??= Promise.all([gateways.endAsync(true), publishers.endAsync(true)]).then(() => undefined);
      return closing;
    },
  };
}

/**
 * Hears what all gateways say of themselves, whatever bridge takes their batches: for the process that is asked about
 * them. The broker keeps the last status and ledger of each, so nothing of it needs to be kept here.
 */
export function watchGateways(
  options: BrokerAddress & {
    readonly note: (address: Address, said: Pick<GatewayRecord, 'status' | 'ledger'>) => Promise<void>;
  },
): { close(): Promise<void> } {
  const client = connect(options.url, {
    ...addressOptions(options, 'watch'),
    clean: true,
    reconnectPeriod: reconnectMs,
  });
  client.on('error', () => undefined); // it connects again by itself; the bridge tells of a broker that is away
  client.on('connect', () =>
    client.subscribe(['wellhead/1/+/+/status', 'wellhead/1/+/+/ledger'], { qos: 1 }),
  );
  client.on('message', (topic, payload) => {
    const address = parseTopic(topic);
    const said = address === undefined ? undefined : readSaid(address.kind, payload);
    if (address !== undefined && said !== undefined) void options.note(address, said);
  });
  return { close: () => client.endAsync(true).then(() => undefined) };
}

function readSaid(kind: string, payload: Buffer): Pick<GatewayRecord, 'status' | 'ledger'> | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(payload.toString());
  } catch {
    return undefined; // the bridge keeps it as a dead letter
  }
  if (kind === 'ledger') {
    const { data } = ledgerSchema.safeParse(raw);
    return data === undefined ? undefined : { ledger: data };
  }
  const { data } = statusSchema.safeParse(raw);
  return data === undefined ? undefined : { status: data };
}

function addressOptions(
  { name, username, password, mqttVersion }: BrokerAddress,
  part: string,
): IClientOptions {
  return {
    clientId: `${name}-${part}`,
    // MQTT.js would give up for good at the first login that is refused, as by a broker that is still starting.
    reconnectOnConnackError: true,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    protocolVersion: mqttVersion,
  };
}

function join(options: BrokerLinkOptions, part: string, kinds: readonly string[]): MqttClient {
  const { mqttVersion, group, sessionExpirySeconds, receiveMaximum } = options;
  const clientOptions: IClientOptions = {
    ...addressOptions(options, part),
    clean: false,
    reconnectPeriod: reconnectMs,
    // MQTT.js would leave out a subscription it knows from before, and Mosquitto forgets shared ones at a restart.
    resubscribe: false,
    ...(mqttVersion === 5
      ? { properties: { sessionExpiryInterval: sessionExpirySeconds, receiveMaximum } }
      : {}),
  };
  const client = connect(options.url, clientOptions);
  const share = group === undefined ? '' : `$share/${group}/`;
  // Asked for at every connection: a broker that lost its sessions has lost the subscription with them.
  client.on('connect', () => {
    client.subscribe(
      kinds.map((kind) => `${share}wellhead/1/+/+/${kind}`),
      { qos: 1 },
      (error) => {
        if (error) options.onLink(false, 'the broker refused the subscription');
      },
    );
  });
  return client;
}
