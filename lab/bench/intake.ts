// Durable intake: from a sensor's PUBLISH to its PUBACK, which comes after the synced write.
import { makeFolder, startProgram } from '../../test/harness/program.ts';
import { publishRaw } from '../../test/harness/raw-publisher.ts';
import { startMosquitto } from '../../test/real/mosquitto.ts';
import { payloadAt } from './groundwater.ts';
import { type Figure, figure, median, type Row } from './row.ts';

const plans = [
  { inFlight: 1, count: 3_000 },
  { inFlight: 20, count: 40_000 },
  { inFlight: 1_000, count: 200_000 },
] as const;
const runs = 5;

export const intake: Row = {
  ids: plans.map(({ inFlight }) => `intake.inflight-${inFlight}`),
  title: 'durable intake at the gateway',
  async run(say) {
    const folder = makeFolder('bench-intake');
    const gateway = await startProgram('edge', folder.path, {
      site: 'bench',
      gateway: 'gw',
      data: './edge',
      uplink: { url: 'mqtt://127.0.0.1:9' },
      broker: { port: 0 },
      sensors: [{ id: 'b1', type: 'groundwater' }],
    });
    const mosquitto = await startMosquitto();
    try {
      const figures: Figure[] = [];
      let next = 0;
      for (const { inFlight, count } of plans) {
        const rates: number[] = [];
        const peerRates: number[] = [];
        const p99: number[] = [];
        for (let run = 0; run < runs; run++) {
          const base = next;
          next += count;
          const message = (i: number) => ({ topic: 'sensors/b1', payload: payloadAt(base + i) });
          const ours = await publishRaw({ port: gateway.said.broker as number, count, inFlight, message });
          rates.push(count / ours.seconds);
          p99.push(ours.p99);
          if (mosquitto !== undefined) {
            const theirs = await publishRaw({ port: mosquitto.port, count, inFlight, message });
            peerRates.push(count / theirs.seconds);
          }
          say(`${inFlight} in flight, run ${run + 1} of ${runs}`);
        }
        const peer =
          peerRates.length === 0
            ? 'Mosquitto is not installed'
            : `Mosquitto, nothing durable: ${Math.round(median(peerRates)).toLocaleString('en-GB')}/s`;
        const bar = inFlight === 1_000 ? 'bar 40,000; ' : '';
        figures.push(
          figure(
            `intake.inflight-${inFlight}`,
            rates,
            'readings/s',
            `${bar}p99 ${median(p99).toFixed(1)} ms; ${peer}`,
          ),
        );
      }
      return figures;
    } finally {
      await gateway.kill();
      await mosquitto?.close();
      folder.remove();
    }
  },
};
