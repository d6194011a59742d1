// npm run verify:orders: the parts that share a database, in as many orders of their steps as time allows.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import type { Progress } from './order-worker.ts';
import { describeFailure, type Failure } from './try-orders.ts';
import { worlds } from './worlds.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const workerFile = fileURLToPath(new URL('./order-worker.ts', import.meta.url));
const resultFile = fileURLToPath(new URL('../../docs/orders.json', import.meta.url));

if (values.help) {
  process.stdout.write(`npm run verify:orders [-- --minutes N --seed N --workers N --json]

Tries the parts that share a database in as many orders of their steps as fit into --minutes (15): every step of the
database and of the link waits for its turn, and the turn is drawn by chance. Writes fail, programs are killed, the
power goes. After each order every acknowledged reading must be stored, or held and undelivered.
The same --seed and --workers (2) give the same orders. --json writes the result to docs/orders.json.
`);
} else {
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  process.stdout.write(`seed ${seed}\n`);
  const names = Object.keys(worlds);
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {orders} orders',
    stream: process.stderr,
    noTTYOutput: false,
  });
  bar.start(minutes * 60, 0, { orders: 0 });
  const totals = new Map(names.map((name) => [name, { orders: 0, steps: 0 }]));
  const failures: Failure[] = [];
  const began = performance.now();
  const end = Date.now() + minutes * 60_000;
  const run = (number: number) =>
    new Promise<void>((resolve, reject) => {
      const worker = fork(workerFile, [String(end), String(seed + number)]);
      worker.on('message', (message) => {
        const { world, tried } = message as Progress;
        const total = totals.get(world)!;
        total.orders += tried.orders;
        total.steps += tried.steps;
        if (tried.failure !== undefined) failures.push(tried.failure);
        const orders = [...totals.values()].reduce((sum, each) => sum + each.orders, 0);
        bar.update(Math.min(minutes * 60, Math.round((performance.now() - began) / 1000)), { orders });
      });
      worker.on('error', reject);
      worker.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`)),
      );
    });
  await Promise.all(Array.from({ length: Number(values.workers) }, (_, number) => run(number)));
  bar.stop();
  for (const [name, { orders, steps }] of totals)
    process.stdout.write(`${name}: ${say(orders)} orders, ${say(steps)} steps\n`);
  for (const failure of failures) process.stdout.write(`\n${describeFailure(failure)}`);
  const orders = [...totals.values()].reduce((sum, each) => sum + each.orders, 0);
  const steps = [...totals.values()].reduce((sum, each) => sum + each.steps, 0);
  const counts = countFailures(failures);
  if (values.json) {
    const result = { seed, minutes, orders, steps, ...counts, worlds: Object.fromEntries(totals) };
    writeFileSync(resultFile, `${JSON.stringify(result, undefined, 2)}\n`);
  }
  process.stdout.write(
    `Tried ${say(orders)} orders (${say(steps)} steps) of ${names.length} worlds in ${minutes} min: ` +
      `${counts.lost} lost, ${counts.doubled} doubled, ${counts.withoutCause} declared lost without cause, ` +
      `${counts.other} otherwise wrong.\n`,
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
}

function say(number: number): string {
  return number.toLocaleString('en-GB');
}

/** Orders that failed, by what they broke. */
function countFailures(failures: readonly Failure[]) {
  const counts = { lost: 0, doubled: 0, withoutCause: 0, other: 0 };
  for (const { what } of failures) {
    if (/without cause/.test(what)) counts.withoutCause++;
    else if (/doubled|twice/.test(what)) counts.doubled++;
    else if (/lost|not held|not known|not stored|never got|are gone|hole/.test(what)) counts.lost++;
    else counts.other++;
  }
  return counts;
}
