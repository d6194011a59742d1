// A guarded MQTT 3.1.1 broker: aedes has no packet size limit of its own, so a byte guard stands before it.
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { listenError } from '../process/listen-error.ts';
import { PacketGuard } from './packet-guard.ts';

export interface BrokerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Larger packets are refused from their declared length. */
  readonly maxPacketBytes: number;
  readonly maxConnections: number;
  /** Connections that have not finished their CONNECT by then are closed. */
  readonly connectTimeoutMs: number;
  /** Who may connect; undefined lets everybody in. */
  readonly authenticate: (username: string, password: string, clientId: string) => boolean;
  readonly maySubscribe: (peer: Peer, topic: string) => boolean;
  /**
   * Handles a publish before it is acknowledged: the PUBACK is sent when the promise resolves, and the
   * connection is closed, without an acknowledgement, when it rejects. `undefined`: acknowledge at once.
   */
  readonly accept: (peer: Peer, topic: string, payload: Uint8Array) => Promise<void> | undefined;
  /** Which topics may keep a last message for later subscribers; each costs memory for ever. */
  readonly mayRetain: (topic: string) => boolean;
  readonly onRefused: (reason: RefusedConnection) => void;
}

/** Who is at the other end of a connection; the username is empty where none was given. */
export interface Peer {
  readonly username: string;
  readonly clientId: string;
}

export type RefusedConnection =
  | 'packet-too-large'
  | 'too-many-connections'
  | 'not-authorized'
  | 'protocol-error';

export interface Broker {
  readonly port: number;
  readonly connected: number;
  publish(topic: string, payload: Uint8Array | string, options?: { retain?: boolean; qos?: 0 | 1 }): void;
  /** Stops listening and ends every connection; may be called twice. */
  close(): Promise<void>;
}

// Room for client id, user, password and will; before CONNACK nobody needs more.
const maxBytesBeforeConnack = 16 * 1024;

/** @throws WellheadError PORT_TAKEN */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const peers = new WeakMap<Client, Peer>();
  const peerOf = (client: Client): Peer => peers.get(client) ?? { username: '', clientId: client.id };
  /** Connections that end for a reason that is counted already. */
  const explained = new WeakSet<Client>();
  const aedes = await Aedes.createBroker({
    connectTimeout: options.connectTimeoutMs,
    heartbeatInterval: 60_000,
    authenticate: (client, username, password, done) => {
      const name = username ?? '';
      if (options.authenticate(name, password?.toString() ?? '', client.id)) {
        peers.set(client, { username: name, clientId: client.id });
        return done(null, true);
      }
      explained.add(client);
      options.onRefused('not-authorized');
      // It is answered with the CONNACK code 5, not authorized (MQTT 3.1.1, table 3.1).
      done(null, false);
    },
    // What a session keeps for a client that is away would be memory without a bound; nothing here relies on it.
    preConnect: (_client, packet, done) => {
      packet.clean = true;
      done(null, true);
    },
    authorizePublish: (client, packet, done) => {
      if (packet.retain && !options.mayRetain(packet.topic)) packet.retain = false;
      // Null: a will of a client of an earlier run, which says nothing about now.
      if (client === null) return done(null);
      const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
      const accepted = options.accept(peerOf(client), packet.topic, payload);
      if (accepted === undefined) return done(null);
      accepted.then(
        () => done(null),
        (error: Error) => {
          explained.add(client);
          done(error);
        },
      );
    },
    authorizeSubscribe: (client, subscription, done) => {
      done(
        null,
        client === null || options.maySubscribe(peerOf(client), subscription.topic) ? subscription : null,
      );
    },
  });
  const countError = (client: Client) => {
    if (!explained.has(client)) options.onRefused('protocol-error');
  };
  aedes.on('clientError', countError);
  aedes.on('connectionError', countError);

  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    guardReads(socket, options);
    aedes.handle(socket);
  });
  server.maxConnections = options.maxConnections;
  server.on('drop', () => options.onRefused('too-many-connections'));
  try {
    await listen(server, options.host, options.port);
  } catch (error) {
    // Its heartbeat would keep the program alive.
    aedes.close();
    throw error;
  }

  let closing: Promise<void> | undefined;
  return {
    port: (server.address() as { port: number }).port,
    get connected() {
      return aedes.connectedClients;
    },
    publish(topic, payload, { retain = false, qos = 0 } = {}) {
      aedes.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: false },
        () => undefined,
      );
    },
    close() {
      closing ??= new Promise((resolve) => {
        server.close();
        aedes.close(() => {
          for (const socket of sockets) socket.destroy();
          resolve();
        });
      });
      return closing;
    },
  };
}

/** aedes takes what it parses from `socket.read()`, so one wrapped method sees every byte before it does. */
function guardReads(socket: Socket & { client?: Client }, options: BrokerOptions): void {
  const guard = new PacketGuard();
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.read = (size?: number) => {
    const chunk = read(size);
    if (chunk === null) return null;
    const limit = socket.client?.connected
      ? options.maxPacketBytes
      : Math.min(maxBytesBeforeConnack, options.maxPacketBytes);
    if (guard.inspect(chunk, limit) === undefined) return chunk;
    options.onRefused('packet-too-large');
    socket.destroy();
    return null;
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, host, port, 'broker.port')));
    server.listen(port, host, resolve);
  });
}
