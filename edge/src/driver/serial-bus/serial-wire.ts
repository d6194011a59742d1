// A serial port of this machine. The package is native and heavy, so it is loaded only where a port is used.
import { statSync } from 'node:fs';
import { WellheadError } from '@wellhead/protocol';
import { closeWithinMs, type OpenWire } from './wire.ts';

export interface SerialSettings {
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
}

/** So often it is looked whether the port is still there. */
const lookEveryMs = 2_000;

/** @throws WellheadError SERIAL_MISSING */
export async function loadSerialPort(): Promise<typeof import('serialport').SerialPort> {
  try {
    return (await import('serialport')).SerialPort;
  } catch (cause) {
    throw new WellheadError('SERIAL_MISSING', `serial ports cannot be used: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Wires through this port. Each is a port object of its own: one that was unplugged may never close. */
export function serialWire(settings: SerialSettings): OpenWire {
  return async ({ onBytes, onGone }) => {
    const SerialPort = await loadSerialPort();
    // The port is locked (TIOCEXCL): a second program on the line would steal answers.
    const port = new SerialPort({ ...settings, autoOpen: false, lock: true });
    await new Promise<void>((resolve, reject) => {
      port.open((cause) => {
        if (cause === null) return resolve();
        reject(
          new WellheadError('SERIAL_OPEN', `${settings.path} cannot be opened: ${cause.message}`, { cause }),
        );
      });
    });
    let tell: (reason: string) => void = (reason) => {
      tell = () => undefined;
      clearInterval(watch);
      onGone(reason);
    };
    // An unplugged port may stay open without a word, and keep a processor busy; its file does go away.
    const opened = identityOf(settings.path);
    const watch = setInterval(() => {
      if (identityOf(settings.path) !== opened) tell('the port is no longer there');
    }, lookEveryMs);
    port.on('data', onBytes);
    port.on('error', (error) => tell(error.message));
    port.on('close', (error: Error | null) => tell(error?.message ?? 'the port was closed'));
    // What the kernel took in before anybody listened belongs to no request.
    await new Promise<void>((resolve) => port.flush(() => resolve()));
    let closing: Promise<void> | undefined;
    return {
      write: (bytes) =>
        new Promise((resolve, reject) => {
          port.write(Buffer.from(bytes), (failed) => {
            if (failed) return reject(failed);
            port.drain((error) => (error ? reject(error) : resolve()));
          });
        }),
      close() {
        tell = () => undefined;
        clearInterval(watch);
        closing ??= new Promise((resolve) => {
          // A port whose cable was pulled may never answer.
          const late = setTimeout(resolve, closeWithinMs);
          const end = () => {
            clearTimeout(late);
            resolve();
          };
          port.off('data', onBytes);
          if (port.isOpen) port.close(end);
          else end();
        });
        return closing;
      },
    };
  };
}

/** Which device stands behind this path now; undefined: none. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev} ${found.ino} ${found.rdev}`;
}
