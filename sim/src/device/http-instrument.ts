// A station that answers HTTP requests with its values: JSON, XML, CSV, whatever its body says.
import type { Instrument, Say } from './instrument.ts';

export interface HttpOptions {
  /** The body; `{0}` and `{1}` are the values, `{time}` is now. */
  readonly template: string;
  readonly values: number[];
  readonly contentType: string;
}

const endOfHead = '\r\n\r\n';
const maxHeard = 16_384;

/** Every request gets the same answer, whatever it asks for. */
export function createHttpInstrument({ template, values, contentType }: HttpOptions): Instrument {
  const answer = (body: string, type = contentType) =>
    Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}${endOfHead}${body}`,
    );
  const utter = (say: Say) => {
    const body = template.replace(/\{(\d+|time)\}/g, (_all, name: string) =>
      name === 'time' ? new Date().toISOString() : String(values[Number(name)]),
    );
    say({
      from: '',
      bytes: answer(body),
      // HTTP has no checksum: a body that was spoiled on its way is one that cannot be read.
      spoiled: answer(body.slice(0, -1)),
      foreign: answer('<html><body>Please log in</body></html>', 'text/html'),
    });
  };
  return {
    connect(say) {
      let heard = '';
      return {
        hear(bytes) {
          heard = (heard + Buffer.from(bytes).toString('latin1')).slice(-maxHeard);
          for (let at = heard.indexOf(endOfHead); at >= 0; at = heard.indexOf(endOfHead)) {
            heard = heard.slice(at + endOfHead.length);
            utter(say);
          }
        },
        end: () => undefined,
      };
    },
    set(_from, place, value) {
      values[Number(place)] = value;
    },
  };
}
