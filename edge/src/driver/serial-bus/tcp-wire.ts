// A bus behind a network address: a Modbus TCP device, or a serial device server.
import { connect } from 'node:net';
import { WellheadError } from '@wellhead/protocol';
import { closeWithinMs, type OpenWire } from './wire.ts';

const connectWithinMs = 5_000;

/** Wires to this address. */
export function tcpWire({ host, port }: { readonly host: string; readonly port: number }): OpenWire {
  return ({ onBytes, onGone }) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true, keepAlive: true, timeout: connectWithinMs });
      const closed = new Promise<void>((done) => socket.once('close', () => done()));
      let isOpen = false;
      let reason = 'the other end hung up';
      let tell = onGone;
      const fail = (why: string) => {
        reason = why;
        socket.destroy();
      };
      socket.once('timeout', () => fail(`no connection within ${connectWithinMs} ms`));
      socket.on('error', (error) => fail(error.message));
      socket.once('close', () => {
        if (isOpen) return tell(reason);
        reject(
          new WellheadError('SERIAL_OPEN', `${host}:${port} cannot be reached: ${reason}`, {
            hint: 'Check the address, the network, and whether the device takes another connection.',
          }),
        );
      });
      socket.once('connect', () => {
        isOpen = true;
        socket.setTimeout(0);
        socket.on('data', onBytes);
        resolve({
          write: (bytes) =>
            new Promise((written, failed) => {
              socket.write(bytes, (error) => (error ? failed(error) : written()));
            }),
          async close() {
            tell = () => undefined;
            socket.destroySoon();
            const late = setTimeout(() => socket.destroy(), closeWithinMs);
            await closed;
            clearTimeout(late);
          },
        });
      });
    });
}
