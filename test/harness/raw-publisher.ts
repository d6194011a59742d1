// An MQTT client of bare packets, faster than any library's: so that the bench measures the gateway, not its client.
import { connect } from 'node:net';
import mqttPacket from 'mqtt-packet';

export interface RawRun {
  readonly acknowledged: number;
  readonly seconds: number;
  /** Time from publish to PUBACK: median and 99th percentile in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Publishes `count` QoS 1 messages with at most `inFlight` unacknowledged; resolves after the last PUBACK. */
export function publishRaw(options: {
  readonly port: number;
  readonly count: number;
  readonly inFlight: number;
  readonly message: (index: number) => { topic: string; payload: string | Uint8Array };
}): Promise<RawRun> {
  const { port, count, inFlight, message } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const parser = mqttPacket.parser();
    const sentAt = new Float64Array(65_536);
    const took = new Float64Array(count);
    let sent = 0;
    let acknowledged = 0;
    let start = 0;
    const fill = () => {
      const packets: Buffer[] = [];
      while (sent < count && sent - acknowledged < inFlight) {
        const id = (sent % 65_535) + 1;
        const { topic, payload } = message(sent);
        packets.push(
          mqttPacket.generate({
            cmd: 'publish',
            topic,
            payload: Buffer.from(payload),
            qos: 1,
            dup: false,
            retain: false,
            messageId: id,
          }),
        );
        sentAt[id] = performance.now();
        sent++;
      }
      if (packets.length > 0) socket.write(packets.length === 1 ? packets[0]! : Buffer.concat(packets));
    };
    parser.on('packet', (packet) => {
      if (packet.cmd === 'connack') {
        start = performance.now();
        fill();
      } else if (packet.cmd === 'puback') {
        took[acknowledged++] = performance.now() - sentAt[packet.messageId!]!;
        if (acknowledged === count) {
          const seconds = (performance.now() - start) / 1000;
          took.sort();
          socket.destroy();
          resolve({ acknowledged, seconds, p50: took[count >> 1]!, p99: took[Math.floor(count * 0.99)]! });
        }
      }
    });
    socket.on('data', (chunk) => {
      parser.parse(chunk);
      fill();
    });
    socket.on('error', reject);
    socket.on('close', () =>
      reject(new Error(`the connection ended after ${acknowledged} acknowledgements`)),
    );
    socket.on('connect', () => {
      socket.write(
        mqttPacket.generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clientId: `raw-${process.pid}-${Math.random()}`,
          clean: true,
          keepalive: 0,
        }),
      );
    });
  });
}
