// SDI-12 sensors behind a serial adapter: the adapter makes the break, here only characters pass.
import type { Instrument, Say } from './instrument.ts';

export interface Sdi12Options {
  readonly sensors: ReadonlyMap<string, { readonly identity: string; readonly values: number[] }>;
  /** Measuring takes so many seconds. */
  readonly seconds: number;
  /** The service request comes after so long; in fact sensors are mostly ready before they said. */
  readonly readyAfterMs: number;
  /** Some adapters send back what they are sent. */
  readonly hasEcho: boolean;
}

/** SDI-12 v1.4, send data: at most 35 characters of values in answer to M, 75 to C. */
const valuesAtATime = { M: 4, C: 8, V: 4 } as const;

export function createSdi12Sensors(options: Sdi12Options): Instrument {
  const { sensors, seconds, readyAfterMs, hasEcho } = options;
  const connect = (say: Say) => {
    let text = '';
    let timer: NodeJS.Timeout | undefined;
    let measured: { address: string; kind: 'M' | 'C' | 'V'; hasCrc: boolean; values: number[] } | undefined;
    const utter = (from: string, answer: string) => {
      const bytes = line(answer);
      const stranger = from === '9' ? '8' : '9';
      say({ from, bytes, spoiled: line(spoil(answer)), foreign: line(`${stranger}+99.9-99.9`) });
    };
    const obey = (command: string) => {
      const address = command[0]!;
      const sensor = sensors.get(address);
      if (sensor === undefined) return;
      // Any command to a sensor that measures aborts the measurement, and with it the service request.
      clearTimeout(timer);
      const rest = command.slice(1);
      if (rest === '') return utter(address, address);
      if (rest === 'I') return utter(address, address + sensor.identity);
      const data = /^D(\d)$/.exec(rest);
      if (data !== null) return utter(address, dataOf(address, Number(data[1])));
      const start = /^([MC])(C?)(\d?)$|^(V)$/.exec(rest);
      if (start === null) return;
      const kind = (start[1] ?? 'V') as 'M' | 'C' | 'V';
      measured = { address, kind, hasCrc: start[2] === 'C', values: [...sensor.values] };
      const wait = kind === 'V' ? 0 : seconds;
      const count = String(sensor.values.length).padStart(kind === 'C' ? 2 : 1, '0');
      utter(address, `${address}${String(wait).padStart(3, '0')}${count}`);
      if (kind === 'M' && wait > 0) timer = setTimeout(() => utter(address, address), readyAfterMs);
    };
    const dataOf = (address: string, part: number): string => {
      if (measured?.address !== address) return address;
      const size = valuesAtATime[measured.kind];
      const values = measured.values.slice(part * size, (part + 1) * size);
      const answer = address + values.map((value) => (value < 0 ? '' : '+') + value).join('');
      return measured.hasCrc ? answer + crcOf(answer) : answer;
    };
    return {
      hear(bytes: Uint8Array) {
        text = (text + Buffer.from(bytes).toString('latin1')).slice(-256);
        for (let end = text.indexOf('!'); end !== -1; end = text.indexOf('!')) {
          const command = /[0-9A-Za-z][A-Z0-9]*$/.exec(text.slice(0, end))?.[0];
          text = text.slice(end + 1);
          if (command === undefined) continue;
          if (hasEcho) {
            const echo = Buffer.from(`${command}!`);
            say({ from: command[0]!, bytes: echo, spoiled: echo, foreign: echo });
          }
          obey(command);
        }
      },
      end: () => clearTimeout(timer),
    };
  };
  return {
    connect,
    set(from, place, value) {
      const sensor = sensors.get(from);
      if (sensor === undefined) throw new TypeError(`there is no address ${from}`);
      sensor.values[Number(place)] = value;
    },
  };
}

function line(answer: string): Buffer {
  return Buffer.from(`${answer}\r\n`, 'latin1');
}

function spoil(answer: string): string {
  const last = answer.charCodeAt(answer.length - 1);
  return answer.slice(0, -1) + String.fromCharCode(last ^ 0x01);
}

/** SDI-12 v1.4, CRC of data answers: 16 bits, begun with 0, as three characters of six bits. */
function crcOf(text: string): string {
  let crc = 0;
  for (const byte of Buffer.from(text, 'latin1')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc % 2 === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return String.fromCharCode(0x40 | (crc >> 12), 0x40 | ((crc >> 6) & 0x3f), 0x40 | (crc & 0x3f));
}
