// npm run verify:delivery: the promise that no acknowledged reading is lost or doubled, put to the test.
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { verifyDelivery } from './delivery.ts';
import type { Station } from './station.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kills: { type: 'string' },
    engines: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  process.stdout.write(`npm run verify:delivery [-- --seed N --kills N --engines elasticsearch,kafka,mosquitto]

Publishes readings to a real gateway, lets it ask instruments on a serial line, and kills it and the cloud
(kill -9) and cuts the link between them, each --kills times (20) at random. Then every acknowledged reading is
compared with what the API holds.
The same --seed gives the same order of kills. Takes about a minute.

With --engines the readings go through Mosquitto, Kafka and Elasticsearch and the cloud runs in five processes;
all of them are killed, each --kills times (10). What is needed is fetched and started; takes some minutes.
`);
} else {
  const seed = Number(values.seed);
  const withEngines = values.engines !== '';
  const killsEach = Number(values.kills ?? (withEngines ? 10 : 20));
  process.stdout.write(`seed ${seed}\n`);
  const bar = new SingleBar({
    format: '{bar} {value}/{total} kills  {what}',
    stream: process.stderr,
    noTTYOutput: false,
  });
  bar.start(killsEach * (withEngines ? 6 : 3), 0, { what: '' });
  const report = await verifyDelivery({
    seed,
    killsEach,
    ...(withEngines ? { open: openEngines } : {}),
    onProgress: (done, _of, what) => bar.update(done, { what }),
  });
  bar.stop();
  const { total, kills, polled } = report;
  process.stdout.write(
    `killed: ${Object.entries(kills)
      .map(([name, count]) => `${name} ${count} times`)
      .join(', ')}, in ${report.seconds.toFixed(0)} s
${total.acknowledged} readings acknowledged (${report.repeated} sent again by sensors), ${total.held} held
${polled.acknowledged} of them by instruments on ${polled.where}, in ${polled.answers} answers
${total.lost} acknowledged lost, ${total.doubled} doubled, ${total.changed} changed, ${total.invented} never published, ${total.exportDiffers} export rows differing
`,
  );
  for (const example of report.examples) process.stdout.write(`  ${example}\n`);
  const bad = total.lost + total.doubled + total.changed + total.invented + total.exportDiffers;
  process.stdout.write(
    bad === 0 ? 'Kept: nothing acknowledged was lost, doubled or changed.\n' : 'BROKEN.\n',
  );
  process.exitCode = bad === 0 ? 0 : 1;
}

async function openEngines(sensors: readonly string[]): Promise<Station> {
  const wanted = ['elasticsearch', 'kafka', 'mosquitto'];
  const named = values.engines.split(',').sort();
  if (named.join() !== wanted.join()) throw new Error(`--engines takes all of ${wanted.join(',')}`);
  const { openEngineStation } = await import('./engine-station.ts');
  const station = await openEngineStation(sensors);
  if ('missing' in station) throw new Error(station.missing);
  return station;
}
