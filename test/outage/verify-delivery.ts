// npm run verify:delivery: the promise that no acknowledged reading is lost or doubled, put to the test.
import { SingleBar } from 'cli-progress';
import type { DeliveryReport } from './delivery.ts';
import { type DeliverySettings, help, readSettings } from './delivery-settings.ts';
import { judge, type LastWord, sayBroken } from './last-word.ts';
import { watchRun } from './watch-run.ts';

function end({ code, line }: LastWord): never {
  process.stdout.write(`${line}\n`);
  process.exit(code);
}

function sayReport({ total, repeated, polled, examples }: DeliveryReport): void {
  process.stdout.write(`${total.acknowledged} readings acknowledged (${repeated} sent again by sensors), ${total.held} held
${polled.acknowledged} of them by instruments on ${polled.where}, in ${polled.answers} answers
`);
  for (const example of examples) process.stdout.write(`  ${example}\n`);
}

/** Before a run has begun there is nothing to break off. */
let stop = (reason: string): void => end({ code: 2, line: `Not carried out: ${reason}` });
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => stop(`${signal} came`));
process.on('uncaughtException', (error) => stop(`an exception that nobody caught: ${error.stack}`));

async function verify(settings: DeliverySettings): Promise<never> {
  process.stdout.write(`seed ${settings.seed}\n`);
  const bar = new SingleBar({
    format: '{bar} {value}/{total} kills  {what}',
    stream: process.stderr,
    noTTYOutput: false,
  });
  bar.start(settings.killsEach * (settings.engines ? 6 : 3), 0, { what: '' });
  const run = watchRun(settings, ({ done, what }) => bar.update(done, { what }));
  stop = run.stop;
  const outcome = await run.outcome;
  bar.stop();
  if ('total' in outcome) {
    sayReport(outcome);
    end(judge(settings, outcome));
  }
  process.stdout.write([...outcome.losses.map((loss) => `  ${loss}`), outcome.reason, ''].join('\n'));
  end(sayBroken(settings, outcome));
}

let settings: DeliverySettings | 'help';
try {
  settings = readSettings(process.argv.slice(2));
} catch (error) {
  end({ code: 2, line: `Not carried out: ${(error as Error).message.replaceAll('\n', ' ')}` });
}
if (settings === 'help') process.stdout.write(help);
else await verify(settings);
