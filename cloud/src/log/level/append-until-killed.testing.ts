// For the test of kills: appends numbered batches, several at once, and says on stdout which are resolved.
// Arguments: the folder, the number of the first batch.
import { openLevel } from '@wellhead/host';
import { openLevelLog } from './level-log.ts';

const atOnce = 20;

async function appendForEver(folder: string, first: number): Promise<void> {
  const log = await openLevelLog({
    db: openLevel(folder),
    now: Date.now,
    defer: setImmediate,
  });
  const lane = async (number: number): Promise<void> => {
    for (let i = number; ; i += atOnce) {
      await log.append(Buffer.from(`batch ${i}`));
      process.stdout.write(`${i}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, i) => lane(first + i)));
}

await appendForEver(process.argv[2]!, Number(process.argv[3]));
