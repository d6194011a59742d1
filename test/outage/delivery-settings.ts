// What `npm run verify:delivery` takes on its command line.
import { parseArgs } from 'node:util';

export interface DeliverySettings {
  readonly seed: number;
  readonly killsEach: number;
  readonly engines: boolean;
}

export const help = `npm run verify:delivery [-- --seed N --kills N --engines elasticsearch,kafka,mosquitto]

Publishes readings to a real gateway, lets it ask instruments on a serial line, and kills it and the cloud
(kill -9) and cuts the link between them, each --kills times (20) at random. Then every acknowledged reading is
compared with what the API holds. A loss that the gateway declares is a failure too: nothing is damaged here.
The same --seed gives the same order of kills. Takes about a minute.

With --engines the readings go through Mosquitto, Kafka and Elasticsearch and the cloud runs in five processes;
all of them are killed, each --kills times (10). What is needed is fetched and started; takes some minutes.

The last line says what was tried and found, or what broke and where.
Ends with 0 where everything was kept, 1 where something was found, 2 where it could not be carried out.
`;

const allEngines = ['elasticsearch', 'kafka', 'mosquitto'];

/** @throws Error with what is wrong with them, in one line */
export function readSettings(args: readonly string[]): DeliverySettings | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      kills: { type: 'string' },
      engines: { type: 'string', default: '' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const engines = values.engines !== '';
  if (engines && values.engines.split(',').sort().join() !== allEngines.join())
    throw new Error(`--engines takes all of ${allEngines.join(',')}, not ${values.engines}`);
  return {
    seed: wholeNumber('seed', values.seed, 0),
    killsEach: wholeNumber('kills', values.kills ?? (engines ? '10' : '20'), 1),
    engines,
  };
}

function wholeNumber(name: string, text: string, min: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < min)
    throw new Error(`--${name} takes a whole number from ${min}, not ${text}`);
  return number;
}
