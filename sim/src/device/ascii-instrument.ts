// An instrument that says its values as a line of text, by itself or when it is asked.
import type { Instrument, Say } from './instrument.ts';

export interface AsciiOptions {
  /** The line; `{0}` and `{1}` are the values, `{time}` is now. */
  readonly template: string;
  readonly values: number[];
  readonly end: string;
  /** Says its line by itself, so often. */
  readonly everyMs: number | undefined;
  /** Says its line when it hears this. */
  readonly request: string | undefined;
  /** Puts `$` before the line and `*hh` behind it. */
  readonly hasNmea: boolean;
}

export function createAsciiInstrument(options: AsciiOptions): Instrument {
  const { template, values, end, everyMs, request, hasNmea } = options;
  const lineOf = (text: string, isSpoiled = false) => {
    if (!hasNmea) return Buffer.from((isSpoiled ? text.replace(/\d/g, '?') : text) + end, 'latin1');
    let sum = isSpoiled ? 1 : 0;
    for (const character of text) sum ^= character.charCodeAt(0);
    return Buffer.from(`$${text}*${sum.toString(16).toUpperCase().padStart(2, '0')}${end}`, 'latin1');
  };
  const utter = (say: Say) => {
    const text = template.replace(/\{(\d+|time)\}/g, (_all, name: string) =>
      name === 'time' ? new Date().toISOString() : String(values[Number(name)]),
    );
    say({ from: '', bytes: lineOf(text), spoiled: lineOf(text, true), foreign: lineOf('VOLT=12.6;OK') });
  };
  const connect = (say: Say) => {
    let heard = '';
    const timer = everyMs === undefined ? undefined : setInterval(() => utter(say), everyMs);
    return {
      hear(bytes: Uint8Array) {
        if (request === undefined) return;
        heard = (heard + Buffer.from(bytes).toString('latin1')).slice(-512);
        while (heard.includes(request)) {
          heard = heard.slice(heard.indexOf(request) + request.length);
          utter(say);
        }
      },
      end: () => clearInterval(timer),
    };
  };
  return {
    connect,
    set(_from, place, value) {
      values[Number(place)] = value;
    },
  };
}
