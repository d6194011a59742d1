// A broker in the hand of a test: it shows the packets it gets, and sends what it is told.
import { createServer, type Server, type Socket } from 'node:net';
import { generate, type IConnectPacket, type ISubscribePacket, type Packet, parser } from 'mqtt-packet';

export interface Session {
  readonly connect: IConnectPacket;
  readonly packets: Packet[];
  isClosed: boolean;
  send(packet: Packet): void;
  /** As when the network goes away. */
  drop(): void;
}

export class ScriptedBroker {
  readonly sessions: Session[] = [];
  /** What SUBACK says of each topic: a QoS, or 128 for "refused". */
  grant = 1;
  /** Otherwise whoever connects is told that he is not authorized. */
  letsIn = true;
  /** Whether what clients publish is acknowledged. */
  acknowledges = true;
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #changed: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.url = `mqtt://127.0.0.1:${(server.address() as { port: number }).port}`;
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async open(): Promise<ScriptedBroker> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ScriptedBroker(server);
  }

  /** The newest session of a client. */
  session(clientId: string): Session | undefined {
    return this.sessions.findLast(({ connect }) => connect.clientId === clientId);
  }

  /** Resolves with what `find` finds, after each packet anew. */
  async until<Found>(find: () => Found | undefined | false): Promise<Found> {
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  /** Resolves when a client has subscribed; with its session. */
  async subscribed(clientId: string, sessions = 1): Promise<{ session: Session; topics: string[] }> {
    return this.until(() => {
      const own = this.sessions.filter(({ connect }) => connect.clientId === clientId);
      const session = own[sessions - 1];
      const packet = session?.packets.find(({ cmd }) => cmd === 'subscribe') as ISubscribePacket | undefined;
      return packet && { session: session!, topics: packet.subscriptions.map(({ topic }) => topic) };
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** For whatever a test changes outside of the packets. */
  readonly changed = (): void => {
    for (const go of this.#changed.splice(0)) go();
  };

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let session: Session | undefined;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (session !== undefined) session.isClosed = true;
      this.changed();
    });
    let protocolVersion: 4 | 5 = 4;
    const send = (packet: Packet) => socket.write(generate(packet, { protocolVersion }));
    let reader = parser();
    const onPacket = (packet: Packet) => {
      if (packet.cmd === 'connect') {
        protocolVersion = packet.protocolVersion === 5 ? 5 : 4;
        reader = parser({ protocolVersion });
        reader.on('packet', onPacket);
        session = { connect: packet, packets: [], isClosed: false, send, drop: () => socket.destroy() };
        this.sessions.push(session);
        const [returnCode, reasonCode] = this.letsIn ? [0, 0] : [5, 135];
        send({ cmd: 'connack', returnCode, reasonCode, sessionPresent: false });
        if (!this.letsIn) socket.end();
      } else {
        session!.packets.push(packet);
        if (packet.cmd === 'subscribe')
          send({
            cmd: 'suback',
            messageId: packet.messageId!,
            granted: packet.subscriptions.map(() => this.grant),
          });
        if (packet.cmd === 'pingreq') send({ cmd: 'pingresp' });
        if (packet.cmd === 'publish' && packet.qos === 1 && this.acknowledges)
          send({ cmd: 'puback', messageId: packet.messageId! });
      }
      this.changed();
    };
    reader.on('packet', onPacket);
    socket.on('data', (chunk) => reader.parse(chunk));
  }
}
