// A line with an instrument at its end: a TCP port, and a pseudo-terminal before it where one is wanted.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { WellheadError } from '@wellhead/protocol';
import type { Instrument, Utterance } from './instrument.ts';
import type { Switches } from './switches.ts';

export interface LineOptions {
  readonly instrument: Instrument;
  readonly switches: Switches;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Path of a pseudo-terminal to make, as if it were a serial port; socat makes it. */
  readonly pty?: string | undefined;
  /** Chance for noise: numbers in [0, 1). */
  readonly random: () => number;
}

export interface Line {
  readonly port: number;
  /** Pulls the cable. */
  unplug(): Promise<void>;
  /** Puts it back, at the same place. */
  replug(): Promise<void>;
  close(): Promise<void>;
}

const babbleEveryMs = 5;

/** @throws WellheadError PORT_TAKEN, SERIAL_OPEN */
export async function openLine(options: LineOptions): Promise<Line> {
  const { switches, random, host, pty } = options;
  const sockets = new Set<Socket>();
  const noise = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
  const babble = setInterval(() => {
    if (switches.isBabbling) for (const socket of sockets) socket.write(noise(24));
  }, babbleEveryMs);
  babble.unref();

  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const end = options.instrument.connect((utterance) => speak(socket, utterance, options, noise));
    socket.on('data', (bytes) => end.hear(bytes));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      end.end();
    });
  };

  let server = await listen(serve, host, options.port);
  const { port } = server.address() as { port: number };
  let terminal = pty === undefined ? undefined : await openTerminal(pty, port);
  const line: Line = {
    port,
    async unplug() {
      await terminal?.end();
      terminal = undefined;
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    async replug() {
      server = await listen(serve, host, port);
      if (pty !== undefined) terminal = await openTerminal(pty, port);
    },
    async close() {
      clearInterval(babble);
      await line.unplug();
    },
  };
  return line;
}

function speak(
  socket: Socket,
  utterance: Utterance,
  { switches }: LineOptions,
  noise: (count: number) => Uint8Array,
): void {
  const on = switches.of(utterance.from);
  switch (on?.fault) {
    case undefined:
      socket.write(utterance.bytes);
      break;
    case 'noise':
      socket.write(Buffer.concat([noise(7), utterance.bytes, noise(5)]));
      break;
    case 'delay':
      setTimeout(() => socket.write(utterance.bytes), on!.ms).unref();
      break;
    case 'bad-checksum':
      socket.write(utterance.spoiled);
      break;
    case 'foreign':
      socket.write(Buffer.concat([utterance.foreign, utterance.bytes]));
      break;
    case 'cut':
      socket.write(utterance.bytes.subarray(0, utterance.bytes.length >> 1));
      break;
    case 'silence':
    case 'babble':
      break;
  }
}

function listen(serve: (socket: Socket) => void, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(serve);
    server.once('error', (cause) =>
      reject(
        new WellheadError('PORT_TAKEN', `cannot listen on ${host}:${port}: ${cause.message}`, { cause }),
      ),
    );
    server.listen(port, host, () => resolve(server));
  });
}

interface Terminal {
  end(): Promise<void>;
}

const readyWithinMs = 5_000;

async function openTerminal(path: string, port: number): Promise<Terminal> {
  rmSync(path, { force: true });
  const child: ChildProcess = spawn('socat', [`pty,raw,echo=0,link=${path}`, `tcp:127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  for (const end = Date.now() + readyWithinMs; !existsSync(path); ) {
    if (failure !== undefined || child.exitCode !== null || Date.now() > end) {
      child.kill('SIGKILL');
      throw new WellheadError('SERIAL_OPEN', `socat made no pseudo-terminal at ${path}`, {
        cause: failure,
        hint: 'Install socat (Debian package socat), or use --port for a TCP line.',
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    async end() {
      child.kill('SIGKILL');
      await exited;
      rmSync(path, { force: true });
    },
  };
}
