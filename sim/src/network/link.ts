// A link that is slow, silent or cut whenever a test wants it to be.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { WellheadError } from '@wellhead/protocol';
import { carry, type Lane, type LinkState } from './direction.ts';

export interface LinkOptions {
  /** Where clients connect; 0 takes any free port. */
  readonly listenPort: number;
  /** Where the link leads. */
  readonly targetPort: number;
  /** Address of both ends; 127.0.0.1 unless told. */
  readonly host?: string;
}

/** What went over the link so far. Bytes count when they are handed on, up is from the client to the target. */
interface LinkStats {
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Connections that were let in, ever. */
  readonly connections: number;
  /** Connections that are open now. */
  readonly openConnections: number;
}

/** A bad TCP link that a test bends at will. Between `openLink` and the first call it is a perfect one. */
export interface Link {
  readonly port: number;
  readonly stats: LinkStats;
  /** Resets all connections, and each new one as it comes. */
  cut(): void;
  /** Ends a cut and a stall. Latency and rate stay. */
  restore(): void;
  /** Lets no byte through, closes nothing: what a dead radio looks like from both ends. */
  stall(): void;
  /** Delay of each byte in each direction, in milliseconds; 0 for none. */
  setLatency(ms: number): void;
  /** Capacity of each direction, shared by all connections; Infinity for no limit. */
  setRate(bytesPerSecond: number): void;
  /** Resets all connections and frees the port. */
  close(): Promise<void>;
}

/**
 * Opens a link: a TCP proxy with bounded buffers, which passes waiting, half-closing and resets on.
 * @throws WellheadError PORT_TAKEN
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { host = '127.0.0.1' } = options;
  const state: LinkState = {
    latencyMs: 0,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    isStalled: false,
    waiters: new Set(),
  };
  const up: Lane = { freeAt: 0, bytes: 0 };
  const down: Lane = { freeAt: 0, bytes: 0 };
  const open = new Map<Socket, Socket>();
  let isCut = false;
  let connections = 0;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (isCut) {
      reset(client);
      return;
    }
    connections++;
    const target = connect({ host, port: options.targetPort, allowHalfOpen: true });
    open.set(client, target);
    const drop = () => {
      open.delete(client);
      reset(client);
      reset(target);
    };
    for (const socket of [client, target]) {
      socket.setNoDelay(true);
      socket.on('error', drop);
      // A socket that closed after both ends said goodbye needs nothing more than to be forgotten.
      socket.on('close', () => {
        if (client.destroyed && target.destroyed) open.delete(client);
      });
    }
    carry(client, target, up, state);
    carry(target, client, down, state);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new WellheadError('PORT_TAKEN', `${host}:${options.listenPort} is in use`, { cause })
          : cause,
      );
    });
    server.listen(options.listenPort, host, resolve);
  });

  const resetAll = () => {
    for (const [client, target] of open) {
      reset(client);
      reset(target);
    }
    open.clear();
  };
  const changed = () => {
    for (const wake of [...state.waiters]) wake();
  };
  let closing: Promise<void> | undefined;

  return {
    port: (server.address() as AddressInfo).port,
    stats: {
      get bytesUp() {
        return up.bytes;
      },
      get bytesDown() {
        return down.bytes;
      },
      get connections() {
        return connections;
      },
      get openConnections() {
        return open.size;
      },
    },
    cut: () => {
      isCut = true;
      resetAll();
    },
    restore: () => {
      isCut = false;
      state.isStalled = false;
      changed();
    },
    stall: () => {
      state.isStalled = true;
      changed();
    },
    setLatency: (ms) => {
      if (!(ms >= 0)) throw new RangeError('latency is 0 ms or more');
      state.latencyMs = ms;
      changed();
    },
    setRate: (bytesPerSecond) => {
      if (!(bytesPerSecond > 0))
        throw new RangeError('the rate is above 0 bytes per second; stall() stops all');
      state.bytesPerSecond = bytesPerSecond;
      // What was promised at the old rate is forgotten: the next slice is timed at the new one.
      up.freeAt = 0;
      down.freeAt = 0;
      changed();
    },
    close: () => {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        resetAll();
      });
      return closing;
    },
  };
}

/** Ends a connection as a broken path does, without goodbye. */
function reset(socket: Socket): void {
  if (socket.destroyed) return;
  // Node puts the reset of a socket that is still connecting off until it is connected, and libuv refuses to reset
  // one that is saying goodbye: either would stay open and keep the program from ending.
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
