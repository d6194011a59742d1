// A followed file keeps the contract; its instrument is a logger on the same disk.
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sensorDriverContract } from '../../reading/sensor-driver.contract.ts';
import { startSources } from '../rig.testing.ts';
import type { SimulatedDevice } from '../simulated-device.testing.ts';

sensorDriverContract({
  name: 'a followed file',
  supports: { shares: false, holds: false },
  expected: [16.38, 7.2],
  change: { words: 'set all 0 7.1', expected: [16.38, 7.1] },
  faults: ['noise', 'foreign', 'cut'],
  lost: 'a file is not there',
  async start(host) {
    const { device, path } = startLogger();
    const file = { path, every: '100ms', columns: 'time,ph,level' };
    return { driver: startSources(host, [{ id: 'b1', type: 'sonde', file }]), device };
  },
});

/** Writes a row every few milliseconds, and obeys the words that simulated instruments obey. */
function startLogger(): { device: SimulatedDevice; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'wellhead-logger-'));
  const path = join(folder, 'share', 'log.csv');
  const away = join(folder, 'away');
  mkdirSync(join(folder, 'share'));
  writeFileSync(path, '');
  let ph = 7.2;
  let fault = 'ok';
  const write = () => {
    const row = `${new Date().toISOString()},${ph},16.38\n`;
    if (fault === 'silence' || fault === 'unplug') return;
    if (fault === 'noise') appendFileSync(path, Buffer.from([0xff, 0x07, 0x80, 0x0a]));
    else if (fault === 'foreign') appendFileSync(path, 'VOLT=12.6;OK\n');
    else if (fault === 'cut') appendFileSync(path, `${row.slice(0, 12)}\n`);
    else appendFileSync(path, row);
  };
  const timer = setInterval(write, 20);
  const device: SimulatedDevice = {
    port: 0,
    async say(words) {
      const [verb = '', , , value] = words.split(' ');
      if (verb === 'set') {
        ph = Number(value);
        return;
      }
      if (verb === 'unplug') renameSync(path, away);
      if (verb === 'replug') renameSync(away, path);
      fault = verb === 'replug' ? 'ok' : verb;
    },
    async close() {
      clearInterval(timer);
      rmSync(folder, { recursive: true });
    },
  };
  return { device, path };
}
