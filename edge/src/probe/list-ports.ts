// Which serial ports this machine has, under names that stay.
import { readdirSync } from 'node:fs';
import { loadSerialPort } from '../driver/serial-bus/serial-wire.ts';

/** One line for each port: its path and what is known of it. @throws WellheadError SERIAL_MISSING */
export async function listPorts(): Promise<readonly string[]> {
  const SerialPort = await loadSerialPort();
  try {
    const ports = await SerialPort.list();
    const lines = ports.map(({ path, manufacturer, serialNumber, vendorId, productId }) =>
      [path, manufacturer, serialNumber, vendorId === undefined ? undefined : `USB ${vendorId}:${productId}`]
        .filter((part) => part !== undefined)
        .join('  '),
    );
    return [...byId(), ...lines];
  } catch {
    // The package asks udevadm, which small systems lack: the device files are there all the same.
    return [
      ...byId(),
      ...names('/dev')
        .filter((name) => /^tty(USB|ACM|AMA|S)\d+$/.test(name))
        .map((name) => `/dev/${name}`),
    ];
  }
}

/** Names that stay the same whichever adapter is plugged in first: the ones to write into a configuration. */
function byId(): string[] {
  return names('/dev/serial/by-id').map((name) => `/dev/serial/by-id/${name}`);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // No such folder: no such port.
    return [];
  }
}
