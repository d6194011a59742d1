// Modbus keeps the contract: TCP, RTU through a device server, RTU at a serial port.

import { sensorDriverContract } from '../../reading/sensor-driver.contract.ts';
import { asks, ids, skipOf, startRig, turns } from '../rig.testing.ts';

for (const [way, modbus] of [
  ['tcp', 'tcp'],
  ['tcp', 'rtu'],
  ['pty', 'rtu'],
] as const) {
  sensorDriverContract({
    name: `Modbus ${modbus.toUpperCase()} over ${way}`,
    skip: skipOf(way),
    isBrief: way === 'pty',
    supports: { asks, shares: true },
    expected: [16.38, 7.2],
    change: { words: 'set 1 7 71', expected: [16.38, 7.1] },
    faults: ['noise', 'bad-checksum', 'foreign', 'cut', 'babble', 'delay'].filter(
      // Over TCP bytes do not change: a stray one puts both ends out of step until the next connection.
      (fault) =>
        (modbus === 'rtu' && way === 'tcp') ||
        (way === 'pty' ? fault === 'noise' : !['noise', 'babble'].includes(fault)),
    ),
    second: '2',
    start: (host) =>
      startRig(host, {
        way,
        modbus,
        device: [
          'modbus',
          ...(modbus === 'rtu' ? ['--rtu'] : []),
          ...[1, 2, 3].flatMap((unit) => ['--unit', `${unit}:7=72,100=16.38`]),
        ],
        sensors: ids.map((id, i) => ({
          id,
          type: 'sonde',
          modbus: {
            bus: 'bus',
            unit: i + 1,
            ...turns,
            registers: [
              { property: 'ph', address: 7, scale: 0.1 },
              { property: 'level', address: 100, type: 'float32' },
            ],
          },
        })),
      }),
  });
}
