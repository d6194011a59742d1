// Instruments that speak in text keep the contract, asked or by themselves.

import { sensorDriverContract } from '../../reading/sensor-driver.contract.ts';
import { asks, skipOf, startRig, turns } from '../rig.testing.ts';

for (const way of ['tcp', 'pty'] as const) {
  sensorDriverContract({
    name: `ASCII on request over ${way}`,
    skip: skipOf(way),
    isBrief: way === 'pty',
    supports: { asks, shares: false },
    expected: [16.38, 7.2],
    change: { words: 'set all 0 7.1', expected: [16.38, 7.1] },
    faults: way === 'pty' ? ['noise'] : ['noise', 'bad-checksum', 'foreign', 'cut', 'babble', 'delay'],
    start: (host) =>
      startRig(host, {
        way,
        device: ['ascii', '--line', 'PH={0};LVL={1}m', '--values', '7.2,16.38', '--request', 'R\\r'],
        sensors: [
          {
            id: 'b1',
            type: 'sonde',
            ascii: {
              bus: 'bus',
              request: 'R\r',
              pattern: '^PH=(?<ph>[\\d.]+);LVL=(?<level>[\\d.]+)m\\r\\n$',
              ...turns,
            },
          },
        ],
      }),
  });
  sensorDriverContract({
    name: `ASCII by itself over ${way}`,
    skip: skipOf(way),
    isBrief: way === 'pty',
    supports: { shares: false },
    expected: [16.38, 7.2],
    change: { words: 'set all 1 16.4', expected: [16.4, 7.2] },
    faults: way === 'pty' ? ['noise'] : ['noise', 'bad-checksum', 'foreign', 'cut', 'babble'],
    start: (host) =>
      startRig(host, {
        way,
        device: ['ascii', '--line', 'XLV,{0},{1},C', '--values', '7.2,16.38', '--every', '50ms', '--nmea'],
        sensors: [
          {
            id: 'b1',
            type: 'sonde',
            ascii: { bus: 'bus', checksum: 'nmea', frame: { start: '$' }, fields: ['-', 'ph', 'level', '-'] },
          },
        ],
      }),
  });
}
