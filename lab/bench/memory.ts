// Resident memory of each process, started and left alone.
import { makeFolder, startProgram } from '../../test/harness/program.ts';
import { figure, type Row } from './row.ts';

const settleMs = 5_000;
const runs = 3;

export const memory: Row = {
  ids: ['memory.gateway-idle', 'memory.cloud-idle'],
  title: 'memory of each process, idle',
  async run(say) {
    const gateways: number[] = [];
    const clouds: number[] = [];
    for (let run = 0; run < runs; run++) {
      const folder = makeFolder('bench-memory');
      const cloud = await startProgram('cloud', folder.path, {
        data: './cloud',
        broker: { port: 0 },
        http: { port: 0 },
      });
      const gateway = await startProgram('edge', folder.path, {
        site: 'bench',
        gateway: 'gw',
        data: './edge',
        uplink: { url: `mqtt://127.0.0.1:${cloud.said.broker}` },
        broker: { port: 0 },
        health: { port: 0 },
        sensors: Array.from({ length: 10 }, (_, i) => ({ id: `b${i}`, type: 'groundwater' })),
      });
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      gateways.push(gateway.memory() / 1024 ** 2);
      clouds.push(cloud.memory() / 1024 ** 2);
      await gateway.kill();
      await cloud.kill();
      folder.remove();
      say(`run ${run + 1} of ${runs}`);
    }
    return [
      figure('memory.gateway-idle', gateways, 'MB', 'bar 120; ten sensors, connected'),
      figure('memory.cloud-idle', clouds, 'MB', 'broker, log, DuckDB and API in one process'),
    ];
  },
};
