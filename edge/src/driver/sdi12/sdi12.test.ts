// SDI-12 keeps the contract, with every kind of command.

import { sensorDriverContract } from '../../reading/sensor-driver.contract.ts';
import { asks, ids, skipOf, startRig, turns } from '../rig.testing.ts';

for (const [way, command, more] of [
  ['tcp', 'V', ['--echo']],
  ['tcp', 'MC', ['--seconds', '1', '--ready', '20ms']],
  ['tcp', 'CC2', []],
  ['pty', 'M', ['--echo']],
] as const) {
  const hasCrc = command.includes('CC') || command.includes('MC');
  sensorDriverContract({
    name: `SDI-12 ${command} over ${way}`,
    skip: skipOf(way),
    isBrief: way === 'pty',
    supports: { asks, shares: true },
    expected: [16.38, -7.2],
    change: { words: 'set 0 2 15.5', expected: [15.5, -7.2] },
    // Without a CRC nobody can tell a changed digit from another value.
    faults:
      way === 'pty'
        ? ['noise']
        : ['noise', 'foreign', 'cut', 'babble', 'delay', ...(hasCrc ? ['bad-checksum'] : [])],
    second: '1',
    start: (host) =>
      startRig(host, {
        way,
        device: [
          'sdi12',
          ...more,
          ...[0, 1, 2].flatMap((address) => ['--sensor', `${address}:-7.2,99,16.38`]),
        ],
        sensors: ids.map((id, i) => ({
          id,
          type: 'sonde',
          sdi12: {
            bus: 'bus',
            address: String(i),
            command,
            values: ['ph', '-', 'level'],
            identify: 'SN1',
            ...turns,
          },
        })),
      }),
  });
}
