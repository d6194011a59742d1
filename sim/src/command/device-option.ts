// Readers of what a simulated instrument is told: its registers, addresses and values.
import { InvalidArgumentError } from 'commander';

/** `1:0=235,1=1013`: a unit and its registers, added to those named before. */
export function readUnit(
  text: string,
  before?: Map<number, Map<number, number>>,
): Map<number, Map<number, number>> {
  const [unit = '', list = ''] = text.split(':');
  const registers = new Map<number, number>();
  for (const part of list.split(',')) {
    const [address = '', value = ''] = part.split('=');
    const number = Number(value);
    if (!/^\d+$/.test(unit) || !/^\d+$/.test(address) || value === '' || Number.isNaN(number))
      throw new InvalidArgumentError('Write a unit and registers as 1:0=235,1=1013.');
    if (!value.includes('.')) registers.set(Number(address), number & 0xffff);
    else {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatBE(number);
      registers.set(Number(address), bytes.readUInt16BE(0));
      registers.set(Number(address) + 1, bytes.readUInt16BE(2));
    }
  }
  return new Map([...(before ?? []), [Number(unit), registers]]);
}

/** `0:1.23,-4.5`: an address and its values, added to those named before. */
export function readSdi12(text: string, before?: Map<string, number[]>): Map<string, number[]> {
  const parts = /^([0-9A-Za-z]):(.+)$/.exec(text);
  if (parts === null) throw new InvalidArgumentError('Write an address and values as 0:1.23,-4.5.');
  return new Map([...(before ?? []), [parts[1]!, readNumbers(parts[2]!)]]);
}

export function readNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some(Number.isNaN)) throw new InvalidArgumentError('Write numbers as 16.38,7.2.');
  return numbers;
}

/** `\r`, `\n` and `\t` as a person writes them on a command line. */
export function readEscapes(text: string): string {
  return text.replaceAll('\\r', '\r').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}
