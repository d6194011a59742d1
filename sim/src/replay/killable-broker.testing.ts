import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';

/** A real broker for tests, which can be killed as by a power cut and started again on its port. */
export interface KillableBroker {
  readonly url: string;
  readonly port: number;
  /** Payloads that came in on `sensors/…`, in order, over all lives of the broker. */
  readonly received: string[];
  /** Connections that reached CONNECT, over all lives. */
  readonly connects: number;
  /** Destroys all sockets and frees the port; what is not acknowledged stays so. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Kills and starts; while that goes on, asking again changes nothing. */
  restart(): Promise<void>;
}

/** `onPublish` sees each payload before it is acknowledged; no PUBACK is sent until it resolves, nor when it gives false. */
export async function startBroker(
  onPublish: (payload: string, total: number) => Promise<boolean> | boolean = () => true,
): Promise<KillableBroker> {
  const received: string[] = [];
  let connects = 0;
  let port = 0;
  let stop: (() => Promise<void>) | undefined;

  const start = async () => {
    const sockets = new Set<Socket>();
    const aedes = await Aedes.createBroker({
      authorizePublish: (_client, packet, done) => {
        const payload = packet.payload.toString();
        received.push(payload);
        void Promise.resolve(onPublish(payload, received.length)).then((isAcknowledged) => {
          if (isAcknowledged) done(null);
        });
      },
    });
    aedes.on('client', () => {
      connects++;
    });
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      aedes.handle(socket);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    stop = async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
    };
  };
  await start();

  const kill = async () => {
    const stopping = stop;
    stop = undefined;
    await stopping?.();
  };
  let restarting: Promise<void> | undefined;

  return {
    get url() {
      return `mqtt://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    received,
    get connects() {
      return connects;
    },
    kill,
    start,
    restart: () => {
      restarting ??= kill()
        .then(start)
        .finally(() => {
          restarting = undefined;
        });
      return restarting;
    },
  };
}
