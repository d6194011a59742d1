// A property’s values as bytes: numbers packed, texts through a dictionary, and the kind of each beside them.
import { tags, type ValueColumn } from '../reading/value.ts';
import { readByteRuns, writeByteRuns } from './byte-runs.ts';
import { type ByteReader, type ByteWriter, malformed } from './bytes.ts';
import { readNumbers, writeNumbers } from './number-column.ts';

const noStrings: readonly (string | undefined)[] = [];

/** Kinds by runs, then the numbers, then the strings through a dictionary. */
export function writeValues(out: ByteWriter, column: ValueColumn, count: number): void {
  writeByteRuns(out, column.kinds, count);
  let numbers = 0;
  let strings = 0;
  for (let i = 0; i < count; i++) {
    if (column.kinds[i] === tags.number) numbers++;
    else if (column.kinds[i] === tags.string) strings++;
  }
  if (numbers === count) writeNumbers(out, column.numbers, count);
  else if (numbers > 0) {
    const packed = new Float64Array(numbers);
    let at = 0;
    for (let i = 0; i < count; i++) if (column.kinds[i] === tags.number) packed[at++] = column.numbers[i]!;
    writeNumbers(out, packed, numbers);
  }
  if (strings > 0) writeStrings(out, column, count, strings);
}

export function readValues(input: ByteReader, count: number): ValueColumn {
  const kinds = readByteRuns(input, count);
  let numberCount = 0;
  let stringCount = 0;
  for (let i = 0; i < count; i++) {
    const kind = kinds[i]!;
    if (kind === tags.number) numberCount++;
    else if (kind === tags.string) stringCount++;
    else if (kind > tags.true) throw malformed(`value kind ${kind} is unknown`);
  }
  let numbers = readNumbers(input, numberCount);
  if (numberCount < count) {
    const spread = new Float64Array(count);
    let at = 0;
    for (let i = 0; i < count; i++) if (kinds[i] === tags.number) spread[i] = numbers[at++]!;
    numbers = spread;
  }
  return {
    kinds,
    numbers,
    strings: stringCount > 0 ? readStrings(input, kinds, count, stringCount) : noStrings,
  };
}

function writeStrings(out: ByteWriter, column: ValueColumn, count: number, strings: number): void {
  const dictionary = new Map<string, number>();
  const indices = new Float64Array(strings);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (column.kinds[i] !== tags.string) continue;
    const text = column.strings[i]!;
    let index = dictionary.get(text);
    if (index === undefined) {
      index = dictionary.size;
      dictionary.set(text, index);
    }
    indices[at++] = index;
  }
  out.varint(dictionary.size);
  for (const text of dictionary.keys()) out.text(text);
  writeNumbers(out, indices, strings);
}

function readStrings(
  input: ByteReader,
  kinds: Uint8Array,
  count: number,
  stringCount: number,
): (string | undefined)[] {
  const size = input.count(Math.min(stringCount, input.left), 'dictionary entries');
  const dictionary: string[] = [];
  for (let i = 0; i < size; i++) dictionary.push(input.text());
  const indices = readNumbers(input, stringCount);
  const strings = new Array<string | undefined>(count).fill(undefined);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== tags.string) continue;
    const text = dictionary[indices[at++]!];
    if (text === undefined) throw malformed('a text is not in the dictionary');
    strings[i] = text;
  }
  return strings;
}
