// The far end of an MQTT connection, packet by packet: what a link sends is seen, what it is answered is chosen.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';

type Command = Packet['cmd'];
type PacketOf<Cmd extends Command> = Extract<Packet, { cmd: Cmd }>;

/** What is answered by itself; a link is left waiting for what is not. */
export interface Answers {
  connect?: boolean;
  /** For each topic, the quality of service granted; 128 refuses. */
  subscribe?: (count: number) => number[];
  publish?: boolean;
}

export class FarBroker {
  readonly answers: Answers = { connect: true, subscribe: (count) => Array(count).fill(1), publish: true };
  readonly #server: Server;
  readonly #unseen: Packet[] = [];
  readonly #waiting: { cmd: Command; found: (packet: Packet) => void }[] = [];
  #version = 4;
  socket: Socket | undefined;
  url = '';

  constructor() {
    this.#server = createServer((socket) => {
      this.socket = socket;
      socket.on('error', () => undefined);
      const reader = parser();
      // What was heard on an earlier connection is nobody's business any more.
      this.#unseen.length = 0;
      reader.on('packet', (packet) => this.#take(packet));
      socket.on('data', (bytes) => reader.parse(bytes));
    });
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `mqtt://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next packet of a kind that nobody has asked for yet; the others before it are passed over. */
  async next<Cmd extends Command>(cmd: Cmd): Promise<PacketOf<Cmd>> {
    const at = this.#unseen.findIndex((packet) => packet.cmd === cmd);
    if (at >= 0) return this.#unseen.splice(0, at + 1).at(-1) as PacketOf<Cmd>;
    this.#unseen.length = 0;
    return (await new Promise<Packet>((found) => this.#waiting.push({ cmd, found }))) as PacketOf<Cmd>;
  }

  say(packet: Packet): void {
    this.socket!.write(generate(packet, { protocolVersion: this.#version }));
  }

  publish(topic: string, payload: string): void {
    this.say({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false });
  }

  async close(): Promise<void> {
    this.socket?.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(packet: Packet): void {
    const at = this.#waiting.findIndex(({ cmd }) => cmd === packet.cmd);
    if (at >= 0) this.#waiting.splice(at, 1)[0]!.found(packet);
    else this.#unseen.push(packet);
    const { connect, subscribe, publish } = this.answers;
    if (packet.cmd === 'connect') {
      this.#version = packet.protocolVersion ?? 4;
      if (connect) this.say({ cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false });
    }
    if (packet.cmd === 'subscribe' && subscribe)
      this.say({
        cmd: 'suback',
        messageId: packet.messageId!,
        granted: subscribe(packet.subscriptions.length),
      });
    if (packet.cmd === 'publish' && publish && packet.qos > 0)
      this.say({ cmd: 'puback', messageId: packet.messageId!, reasonCode: 0 });
  }
}
