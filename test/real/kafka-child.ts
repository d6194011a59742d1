// A process that is killed by a test: appends, or is a member of a group, and says on stdout what is done.
// Arguments: append or consume, the broker, the topic, the first number to append.
import { openLog } from './kafka-logs.ts';
import { nameAs, nameOf, numbered } from './numbered.ts';

const gateways = 8;
const atOnce = 5;

async function appendForEver(address: string, topic: string, first: number): Promise<void> {
  const log = await openLog(address, topic);
  const lane = async (gateway: number, start: number) => {
    for (let number = start; ; number += atOnce) {
      await log.append(numbered(gateway, number));
      process.stdout.write(`${nameAs(gateway, number)}\n`);
    }
  };
  const starts = Array.from({ length: gateways * atOnce }, (_, i) => i);
  await Promise.all(starts.map((i) => lane(i % gateways, first + Math.floor(i / gateways))));
}

async function consumeForEver(address: string, topic: string): Promise<void> {
  const log = await openLog(address, topic);
  await log.consume(
    'indexer',
    async (entries) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      for (const { batch } of entries) process.stdout.write(`${nameOf(batch)}\n`);
    },
    { maxBytes: 2_000, lingerMs: 0, onError: console.error },
  );
}

const [mode, address, topic, first] = process.argv.slice(2) as [string, string, string, string];
await (mode === 'append' ? appendForEver(address, topic, Number(first)) : consumeForEver(address, topic));
