// One connection to a broker, which tells of each PUBACK and sends nothing again unasked.
import mqtt from 'mqtt';

/** One connection to a broker, from CONNACK to the end of its socket. It is never reused. */
export interface BrokerConnection {
  /** Publishes with QoS 1. `settled(true)` is the broker's PUBACK; `settled(false)` says there will be none. */
  publish(topic: string, payload: string, isRepeat: boolean, settled: (acknowledged: boolean) => void): void;
  /** Resolves with the reason when the connection is gone, whoever ended it. */
  readonly closed: Promise<string>;
  /** Says goodbye and closes. */
  end(): Promise<void>;
}

export interface ConnectOptions {
  /** `mqtt://[user:password@]host:port`, or mqtts, ws, wss. */
  readonly brokerUrl: string;
  readonly clientId: string;
  readonly timeoutMs: number;
  /** Ends the attempt, or the connection, at once. */
  readonly signal: AbortSignal;
}

/**
 * Opens a connection, or gives the reason why not as text.
 * MQTT.js neither reconnects nor keeps messages over connections here: its re-sending after a reconnect
 * does not promise the order of messages published meanwhile, and its store is not bounded.
 */
export function connectToBroker(options: ConnectOptions): Promise<BrokerConnection | string> {
  return new Promise((resolve) => {
    const client = mqtt.connect(options.brokerUrl, {
      clientId: options.clientId,
      clean: true,
      reconnectPeriod: 0,
      resubscribe: false,
      connectTimeout: options.timeoutMs,
      keepalive: 15,
    });
    const abort = () => client.end(true);
    options.signal.addEventListener('abort', abort, { once: true });
    if (options.signal.aborted) abort();

    let reason = 'the broker closed the connection';
    let reportClosed: (reason: string) => void;
    const closed = new Promise<string>((tell) => {
      reportClosed = tell;
    });
    const gone = () => {
      options.signal.removeEventListener('abort', abort);
      client.end(true);
      reportClosed(reason);
      resolve(reason);
    };
    client.on('error', (error) => {
      // An error with many causes (one per address tried) has its text in the first of them.
      const first = (error as { errors?: Error[] }).errors?.[0];
      reason = error.message || first?.message || error.name;
    });
    client.on('close', gone);
    client.on('end', gone);
    client.on('connect', () => {
      resolve({
        publish: (topic, payload, isRepeat, settled) => {
          client.publish(topic, payload, { qos: 1, dup: isRepeat }, (error) => settled(!error));
        },
        closed,
        end: async () => {
          await client.endAsync();
        },
      });
    });
  });
}
