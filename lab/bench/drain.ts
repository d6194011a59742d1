// A backlog of 200,000 readings: from the moment the link is back until the last one is in DuckDB.
import { openLink } from '../../sim/src/network/link.ts';
import { getJson, makeFolder, startProgram, until } from '../../test/harness/program.ts';
import { publishRaw } from '../../test/harness/raw-publisher.ts';
import { payloadAt } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const backlog = 200_000;
const runs = 5;

export const drain: Row = {
  ids: ['drain.end-to-end', 'memory.gateway-peak', 'memory.cloud-peak', 'drain.bytes-per-reading'],
  title: 'drain of a backlog into DuckDB',
  async run(say) {
    const folder = makeFolder('bench-drain');
    const cloud = await startProgram('cloud', folder.path, {
      data: './cloud',
      broker: { port: 0 },
      http: { port: 0 },
    });
    const link = await openLink({ listenPort: 0, targetPort: cloud.said.broker as number });
    const gateway = await startProgram('edge', folder.path, {
      site: 'bench',
      gateway: 'gw',
      data: './edge',
      uplink: { url: `mqtt://127.0.0.1:${link.port}`, retry: { first: '20ms', max: '50ms' } },
      broker: { port: 0 },
      sensors: [{ id: 'b1', type: 'groundwater' }],
    });
    try {
      const rates: number[] = [];
      const bytes: number[] = [];
      let gatewayPeak = 0;
      let cloudPeak = 0;
      for (let run = 0; run < runs; run++) {
        const base = run * backlog;
        link.cut();
        await publishRaw({
          port: gateway.said.broker as number,
          count: backlog,
          inFlight: 1_000,
          message: (i) => ({ topic: 'sensors/b1', payload: payloadAt(base + i) }),
        });
        const before = link.stats.bytesUp;
        link.restore();
        const start = performance.now();
        await until(
          'the backlog to be stored',
          async () => {
            gatewayPeak = Math.max(gatewayPeak, gateway.memory());
            cloudPeak = Math.max(cloudPeak, cloud.memory());
            const { sensors } = await getJson<{ sensors: { readings: number }[] }>(
              `http://127.0.0.1:${cloud.said.http}/api/v1/sensors`,
            );
            return sensors[0]?.readings === base + backlog;
          },
          120_000,
        );
        rates.push(backlog / ((performance.now() - start) / 1000));
        bytes.push((link.stats.bytesUp - before) / backlog);
        say(`run ${run + 1} of ${runs}`);
      }
      return [
        figure('drain.end-to-end', rates, 'readings/s', 'bar 50,000; reconnecting included'),
        figure('drain.bytes-per-reading', bytes, 'bytes on the link', 'five properties; as JSON about 115'),
        figure('memory.gateway-peak', [gatewayPeak / 1024 ** 2], 'MB', 'while filling and draining'),
        figure(
          'memory.cloud-peak',
          [cloudPeak / 1024 ** 2],
          'MB',
          'while draining; DuckDB may take 256 MB of it',
        ),
      ];
    } finally {
      await gateway.kill();
      await cloud.kill();
      await link.close();
      folder.remove();
    }
  },
};
