// Feeds over HTTP keep the contract.

import { sensorDriverContract } from '../../reading/sensor-driver.contract.ts';
import { asks, startSources, turns } from '../rig.testing.ts';
import { startDevice } from '../simulated-device.testing.ts';

const bodies = {
  json: ['application/json', '{"time":"{time}","ph":{0},"level":{1}}'],
  xml: ['text/xml', '<now><time>{time}</time><ph>{0}</ph><level>{1}</level></now>'],
  csv: ['text/csv', 'time,ph,level\\n{time},{0},{1}\\n'],
} as const;

for (const format of ['json', 'xml', 'csv'] as const) {
  sensorDriverContract({
    name: `HTTP with ${format.toUpperCase()}`,
    isBrief: format !== 'json',
    supports: { asks, shares: false, holds: false },
    expected: [16.38, 7.2],
    change: { words: 'set all 0 7.1', expected: [16.38, 7.1] },
    // A table that lost its last line end is whole all the same.
    faults: ['noise', 'foreign', 'cut', 'babble', 'delay', ...(format === 'csv' ? [] : ['bad-checksum'])],
    async start(host) {
      const [type, body] = bodies[format];
      const device = await startDevice('http', '--body', body, '--values', '7.2,16.38', '--type', type);
      const http = {
        url: `http://127.0.0.1:${device.port}/`,
        format,
        ...turns,
        ...(format === 'xml' ? { records: 'now' } : {}),
        ...(format === 'csv' ? { time: 'time' } : {}),
      };
      return { driver: startSources(host, [{ id: 'b1', type: 'sonde', http }]), device };
    },
  });
}
