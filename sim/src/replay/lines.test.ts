import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, readLines } from './lines.ts';

async function linesOf(chunks: readonly (string | Buffer)[], maxBytes?: number): Promise<Line[]> {
  async function* source() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines: Line[] = [];
  for await (const line of readLines(source(), maxBytes)) lines.push(line);
  return lines;
}

test('LF, CRLF and a last line without an end all end lines', async () => {
  const lines = await linesOf(['a\r\nb\n\nc']);
  expect(lines.map((line) => line.text)).toEqual(['a', 'b', '', 'c']);
  expect(lines.map((line) => line.number)).toEqual([1, 2, 3, 4]);
});

test('wherever the chunks are cut, even inside a character, the lines are the same', async () => {
  const text = 'sec (µS/cm),°C\r\n949,10.8\r\n\n(na),€\n';
  const whole = await linesOf([text]);
  const bytes = Buffer.from(text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 10 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
      expect(await linesOf(chunks)).toEqual(whole);
    }),
  );
});

test('a line that is too long is given up, in bounded memory, and the next one is read', async () => {
  const lines = await linesOf(
    ['a\n', 'x'.repeat(8), 'x'.repeat(8), 'x'.repeat(8), '\nb\n', 'y'.repeat(11), '\nc'],
    10,
  );
  expect(lines.map((line) => [line.text, line.isTooLong])).toEqual([
    ['a', false],
    ['', true],
    ['b', false],
    ['', true],
    ['c', false],
  ]);
});

test('the bytes of the lines are the bytes of the file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 30 })),
      fc.integer({ min: 1, max: 20 }),
      async (chunks, max) => {
        const lines = await linesOf(chunks, max);
        expect(lines.reduce((sum, line) => sum + line.bytes, 0)).toBe(Buffer.byteLength(chunks.join('')));
      },
    ),
  );
});
