// The last line of `npm run verify:delivery`: what was tried and found, or what broke and where. There always is one.
import type { DeliveryReport, Stage } from './delivery.ts';

export interface LastWord {
  /** 0: kept; 1: something was found; 2: it could not be carried out. */
  readonly code: 0 | 1 | 2;
  readonly line: string;
}

export interface Tried {
  readonly seed: number;
  readonly engines: boolean;
}

const number = new Intl.NumberFormat('en-GB');

export function judge(tried: Tried, { kills, total, silent, examples, seconds }: DeliveryReport): LastWord {
  const times = Object.entries(kills).map(([name, count]) => `${name} ${count} times`);
  const what = `${nameOf(tried)}, killed or cut ${times.join(', ')} in ${seconds.toFixed(0)} s, ${number.format(total.acknowledged)} readings acknowledged, ${number.format(total.held)} held`;
  const found = [
    ...[`${total.lost} lost`, `${total.doubled} doubled`, `${total.changed} changed`],
    ...[`${total.invented} never published`, `${total.exportDiffers} export rows differing`],
    `${total.declared} declared lost`,
  ].join(', ');
  const { lost, doubled, changed, invented, exportDiffers, declared } = total;
  if (lost + doubled + changed + invented + exportDiffers + declared > 0 || examples.length > 0)
    return { code: 1, line: `BROKEN: ${what}: ${found}. The first: ${examples[0] ?? 'no example'}` };
  if (silent.length > 0)
    return {
      code: 2,
      line: `Not carried out: ${what}, but nothing was acknowledged of ${silent.join(', ')}.`,
    };
  return { code: 0, line: `Kept: ${what}: ${found}.` };
}

/** `losses` were declared before it broke: then something was found all the same. */
export function sayBroken(tried: Tried, { stage, reason, losses }: Breakdown): LastWord {
  const where = stage === undefined ? '' : ` while ${stage.what}`;
  const text = `${nameOf(tried)}: it broke off${where}: ${firstLine(reason)}`;
  return losses.length === 0
    ? { code: 2, line: `Not carried out: ${text}` }
    : { code: 1, line: `BROKEN: ${losses.length} losses declared, the first: ${losses[0]}. ${text}` };
}

export interface Breakdown {
  /** Undefined before the run has begun. */
  readonly stage: Stage | undefined;
  readonly reason: string;
  readonly losses: readonly string[];
}

function nameOf({ seed, engines }: Tried): string {
  return `seed ${seed}${engines ? ' with Elasticsearch, Kafka and Mosquitto' : ''}`;
}

function firstLine(text: string): string {
  return text
    .trim()
    .split('\n')[0]!
    .replace(/; its last lines:$/, '; its last lines stand above');
}
