// A thousand strangers who declare huge packets and trickle: memory stays, honest clients go on.
import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { makeFolder, startProgram } from '../harness/program.ts';
import { publishRaw } from '../harness/raw-publisher.ts';

const strangers = 1_000;
const trickleForMs = 6_000;
const largestGrowth = 64 * 1024 ** 2;

/** A CONNECT that declares 256 MiB − 1, the most that MQTT can. */
const hugeConnect = Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]);
/** A CONNECT of a size that is allowed, never finished. */
const slowConnect = Buffer.from([0x10, 0xff, 0x7f]);

it.each([
  ['declare 256 MiB packets', hugeConnect],
  ['declare packets that are allowed and never finish them', slowConnect],
])(
  '1,000 unauthenticated sockets that %s cost less than 64 MB, and honest clients go on',
  { timeout: 90_000 },
  async (_what, head) => {
    const folder = makeFolder('flood');
    const gateway = await startProgram('edge', folder.path, {
      site: 's',
      gateway: 'g',
      data: './edge',
      uplink: { url: 'mqtt://127.0.0.1:9' },
      broker: { port: 0, maxConnections: 2_000 },
      sensors: [{ id: 'b1', type: 'groundwater' }],
    });
    const port = gateway.said.broker as number;
    const honest = (from: number) =>
      publishRaw({
        port,
        count: 2_000,
        inFlight: 100,
        message: (i) => ({
          topic: 'sensors/b1',
          payload: `{"measuredAt":${1.6e12 + (from + i) * 1000},"ph":7.2}`,
        }),
      });
    await honest(0);
    const before = gateway.memory();
    let peak = before;
    const sockets: Socket[] = [];
    let closed = 0;
    try {
      for (let i = 0; i < strangers; i++) {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.once('close', () => closed++);
        socket.write(head);
        sockets.push(socket);
      }
      const filler = Buffer.alloc(1_024, 0x61);
      const trickle = setInterval(() => {
        for (const socket of sockets) if (!socket.destroyed) socket.write(filler);
        peak = Math.max(peak, gateway.memory());
      }, 100);
      const { acknowledged } = await honest(10_000);
      expect(acknowledged).toBe(2_000);
      await new Promise((resolve) => setTimeout(resolve, trickleForMs));
      clearInterval(trickle);
      expect(closed).toBe(strangers);
      expect(peak - before).toBeLessThan(largestGrowth);
      await honest(20_000);
    } finally {
      for (const socket of sockets) socket.destroy();
      await gateway.kill();
      folder.remove();
    }
  },
);
