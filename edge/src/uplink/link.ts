// One MQTT connection to the cloud, made again for ever. MQTT.js neither buffers nor re-sends for us: the
// journal does. So each connection is a client of its own, and its stores die with it.
import { type Address, type RetryPlan, retryDelays, topicOf } from '@wellhead/protocol';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';

export interface LinkOptions {
  readonly url: string;
  readonly address: Address;
  readonly username: string;
  readonly password: string | undefined;
  readonly mqttVersion: 4 | 5;
  readonly keepaliveSeconds: number;
  readonly retry: RetryPlan;
  readonly random: () => number;
  /** The last will, made anew for each connection. */
  readonly will: () => string;
  readonly onUp: () => void;
  readonly onDown: (why: string) => void;
  readonly onReceipt: (payload: Buffer) => void;
  readonly onRequest: (payload: Buffer) => void;
}

export interface Link {
  readonly up: boolean;
  /** Hands a message to the connection; false when there is none. PUBACK is flow control, not proof. */
  send(
    kind: 'data' | 'status' | 'ledger',
    payload: Uint8Array | string,
    options?: { retain?: boolean },
  ): boolean;
  /** Sends a last status, waits for its PUBACK for a while, ends the connection. */
  close(lastStatus?: string): Promise<void>;
}

const connectTimeoutMs = 30_000;
const lastWordMs = 2_000;

export function openLink(options: LinkOptions): Link {
  let client: MqttClient | undefined;
  let up = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let delays = retryDelays(options.retry, options.random);
  const receiptTopic = topicOf(options.address, 'receipt');
  const requestTopic = topicOf(options.address, 'request');

  function start(): void {
    let lastError = 'the connection was closed';
    const clientOptions: IClientOptions = {
      clientId: `${options.address.site}/${options.address.gateway}`,
      username: options.username,
      ...(options.password === undefined ? {} : { password: options.password }),
      protocolVersion: options.mqttVersion,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: connectTimeoutMs,
      keepalive: options.keepaliveSeconds,
      will: {
        topic: topicOf(options.address, 'status'),
        payload: Buffer.from(options.will()),
        qos: 1,
        retain: true,
      },
    };
    const mine = connect(options.url, clientOptions);
    client = mine;
    mine.on('connect', () => {
      mine.subscribe([receiptTopic, requestTopic], { qos: 1 }, (error) => {
        if (closed || client !== mine) return;
        if (error) {
          lastError = 'the broker refused the subscription to receipts and requests';
          mine.end(true);
          return;
        }
        up = true;
        delays = retryDelays(options.retry, options.random);
        options.onUp();
      });
    });
    mine.on('message', (topic, payload) => {
      if (topic === receiptTopic) options.onReceipt(payload);
      else if (topic === requestTopic) options.onRequest(payload);
    });
    mine.on('error', (error) => {
      lastError = error.message || (error as NodeJS.ErrnoException).code || lastError;
    });
    mine.once('close', () => {
      if (client !== mine) return;
      client = undefined;
      up = false;
      mine.end(true);
      if (closed) return;
      options.onDown(lastError);
      timer = setTimeout(start, delays.next().value);
    });
  }

  start();
  return {
    get up() {
      return up;
    },
    send(kind, payload, { retain = false } = {}) {
      if (client === undefined || !up) return false;
      // A failed publish needs no handling here: without a receipt it is sent again.
      client.publish(
        topicOf(options.address, kind),
        Buffer.from(payload),
        { qos: 1, retain },
        () => undefined,
      );
      return true;
    },
    async close(lastStatus) {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      const mine = client;
      if (mine === undefined) return;
      if (up && lastStatus !== undefined) {
        await new Promise<void>((resolve) => {
          const late = setTimeout(resolve, lastWordMs);
          mine.publish(topicOf(options.address, 'status'), lastStatus, { qos: 1, retain: true }, () => {
            clearTimeout(late);
            resolve();
          });
        });
      }
      up = false;
      await new Promise<void>((resolve) => mine.end(true, {}, () => resolve()));
    },
  };
}
