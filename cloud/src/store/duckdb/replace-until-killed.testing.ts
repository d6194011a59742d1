/**
 * For the test of kills: writes one numbered event after another, what somebody said of it, and an annotation that is
 * withdrawn at once, and says on stdout which are resolved. Argument: the file.
 */
import { sampleAnnotation } from '../annotation-store.testing.ts';
import { sampleEvent, sampleSpan } from '../event-store.testing.ts';
import { openDuckdbStore } from './duckdb-store.ts';

const [, , path, first] = process.argv;
// A low threshold, so that kills fall into checkpoints too.
const { events, annotations } = await openDuckdbStore({ path: path!, checkpointAt: '1MB' });
for (let n = Number(first); ; n++) {
  await events.replace([sampleSpan(n, n + 1, [sampleEvent(`e${n}`, n)])], n);
  await events.judge({ event: `e${n}`, verdict: 'true', author: 'ann', note: 'x'.repeat(500), at: n });
  await annotations.add(sampleAnnotation(`a${n}`, n));
  await annotations.withdraw(`a${n}`, { by: 'bob', at: n });
  process.stdout.write(`${n}\n`);
}
