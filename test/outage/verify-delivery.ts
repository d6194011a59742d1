// npm run verify:delivery: the promise that no acknowledged reading is lost or doubled, put to the test.
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { verifyDelivery } from './delivery.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kills: { type: 'string', default: '20' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  process.stdout.write(`npm run verify:delivery [-- --seed N --kills N]

Publishes readings through a real gateway and cloud while both are killed (kill -9) and the link between them
is cut, each --kills times (20) at random, then compares every acknowledged reading with what the API holds.
The same --seed gives the same order of kills. Takes about a minute.
`);
} else {
  const seed = Number(values.seed);
  process.stdout.write(`seed ${seed}\n`);
  const bar = new SingleBar({
    format: '{bar} {value}/{total} kills  {what}',
    stream: process.stderr,
    noTTYOutput: false,
  });
  bar.start(Number(values.kills) * 3, 0, { what: '' });
  const report = await verifyDelivery({
    seed,
    killsEach: Number(values.kills),
    onProgress: (done, _of, what) => bar.update(done, { what }),
  });
  bar.stop();
  const { total, kills } = report;
  process.stdout.write(
    `${kills.gateway} kills of the gateway, ${kills.cloud} of the cloud, ${kills.link} cuts of the link in ${report.seconds.toFixed(0)} s
${total.acknowledged} readings acknowledged (${report.repeated} sent again by sensors), ${total.held} held
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
