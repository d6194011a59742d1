import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteBuffer } from '../driver/serial-bus/byte-buffer.ts';
import { createTextFramer, latin1, type TextFraming } from './text-frame.ts';

/** The frames of these pieces, and how many bytes were thrown away. */
function cut(framing: TextFraming, pieces: readonly string[], isWhole = true) {
  let discarded = 0;
  const buffer = new ByteBuffer(Number.POSITIVE_INFINITY, (count) => {
    discarded += count;
  });
  const look = createTextFramer(framing, isWhole);
  const frames: string[] = [];
  for (const piece of pieces) {
    buffer.push(latin1(piece));
    for (let found = buffer.next(look); found !== undefined; found = buffer.next(look))
      frames.push(found.frame);
  }
  return { frames, discarded };
}

const lines: TextFraming = { max: 20 };

describe('frames with an end', () => {
  it('are cut at it, wherever the pieces are', () => {
    expect(cut(lines, ['1,', '2\r', '\n3,4\r\n5'])).toEqual({ frames: ['1,2\r\n', '3,4\r\n'], discarded: 0 });
  });

  it('are passed over when they began before anybody listened', () => {
    expect(cut(lines, ['.38\n', '16.39\n'], false)).toEqual({ frames: ['16.39\n'], discarded: 4 });
  });

  it('that are too long are thrown away up to their end', () => {
    expect(cut(lines, ['x'.repeat(50), 'y'.repeat(50), '7\n8\n'])).toEqual({
      frames: ['8\n'],
      discarded: 102,
    });
  });
});

describe('frames with a start and an end', () => {
  const framing: TextFraming = { start: '$', end: '\n', max: 20 };
  it('are found in noise', () => {
    expect(cut(framing, ['zz$1\nyy\n$2\n'])).toEqual({ frames: ['$1\n', '$2\n'], discarded: 5 });
  });
  it('that were cut short do not take the next one with them', () => {
    expect(cut(framing, ['$12', '$34\n'])).toEqual({ frames: ['$34\n'], discarded: 3 });
  });
  it('without an end are thrown away at the bound', () => {
    expect(cut(framing, [`$${'x'.repeat(40)}`, '$5\n']).frames).toEqual(['$5\n']);
  });
});

describe('frames of a fixed length', () => {
  it('are counted off', () => {
    expect(cut({ length: 4, max: 20 }, ['abc', 'defgh', 'i'])).toEqual({
      frames: ['abcd', 'efgh'],
      discarded: 0,
    });
  });
  it('begin at their start where they have one', () => {
    expect(cut({ start: '#', length: 3, max: 20 }, ['x#12y#34'])).toEqual({
      frames: ['#12', '#34'],
      discarded: 2,
    });
  });
});

it('never holds more than the bound and one piece, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary-ascii', maxLength: 40 })), (pieces) => {
      const { frames, discarded } = cut(lines, pieces);
      const used = frames.join('').length + discarded;
      const rest = pieces.join('').length - used;
      return rest >= 0 && rest <= lines.max + 1;
    }),
  );
});
