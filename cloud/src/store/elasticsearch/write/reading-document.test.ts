import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleBatch, seqs, start, storedForm } from '../../reading-store.testing.ts';
import { fieldOf, propertyOf } from '../open/field-name.ts';
import { indexNames, indexOfMonth, monthEnd, monthOf, monthOfIndex } from '../open/index-names.ts';
import { documentSchema, storedReadingOf } from '../open/stored-reading.ts';
import { documentWriter } from './reading-document.ts';
import { readingId, seriesId } from './reading-id.ts';

function written(batch: ReturnType<typeof sampleBatch>, index = 0) {
  return JSON.parse(documentWriter(batch, batch.blocks[0]!, 'series').json(index));
}

describe('the document of a reading', () => {
  it('gives the reading back', () => {
    const values = { level: 1.5, note: 'dry', odd: '\ud800', ok: true, gone: null, inf: Number.NaN, nil: -0 };
    const batch = sampleBatch({ properties: [...Object.keys(values), 'absent'], storedAt: start + 0.25 }, [
      { seq: 1, values, flag: 3, cause: 10, measuredAt: start + 0.5 },
    ]);
    const document = written(batch);
    expect(storedReadingOf(documentSchema.parse(document))).toEqual({
      ...storedForm(batch)[0],
      storedAt: '2026-01-01T00:00:00.00025Z',
    });
    expect(document).toMatchObject({ '@timestamp': start, values: { level: 1.5 }, qc: 'suspect' });
    expect(Object.keys(document.values)).toEqual(['level']);
  });

  it.each([
    [1, 'good'],
    [2, 'not evaluated'],
    [9, 'missing'],
    [3, 'suspect'],
    [4, 'bad'],
  ] as const)('names the worst flag %d %s', (flag, word) => {
    expect(written(sampleBatch({}, [{ seq: 1, flag }])).qc).toBe(word);
  });
});

describe('names', () => {
  it('of fields are as good as the properties they stand for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (property) => {
        const field = fieldOf(property);
        expect(propertyOf(field)).toBe(property);
        expect(field).not.toMatch(/[.*]|^\s|\s$/);
      }),
    );
    expect(fieldOf('water_level')).toBe('water_level');
    expect(fieldOf('a.b')).not.toBe(fieldOf('a%2Eb'));
  });

  it('of documents differ where keys differ, and fit', () => {
    const long = '水'.repeat(128);
    expect(seriesId('a', 'b', 'c')).not.toBe(seriesId('a', 'bc', ''));
    expect(readingId(seriesId(long, long, long), Number.MAX_SAFE_INTEGER).length).toBeLessThan(60);
  });

  it('of indices follow the month of the reading, and are bounded', () => {
    const names = indexNames('wellhead');
    expect(monthOf(start)).toBe('2026.01');
    expect(monthOf(start - 0.5)).toBe('2025.12');
    expect([-1, Date.UTC(2100, 0), 8.64e15, -8.64e15].map(monthOf)).toEqual([
      'stray',
      'stray',
      'stray',
      'stray',
    ]);
    expect(monthOfIndex(names, indexOfMonth(names, '2026.01'))).toBe('2026.01');
    expect(monthEnd('2025.12')).toBe(start);
    expect(monthEnd('stray')).toBeUndefined();
  });
});

it('takes less than 700 bytes for a reading of five properties', () => {
  const properties = ['a', 'b', 'c', 'd', 'e'];
  const values = { a: 1.25, b: 2.5, c: 3, d: 4.125, e: 5 };
  const batch = sampleBatch({ properties }, seqs(1, 1_000, { values }));
  const writer = documentWriter(batch, batch.blocks[0]!, 'series');
  let size = 0;
  for (let i = 0; i < 1_000; i++) size += writer.json(i).length;
  expect(size / 1_000).toBeLessThan(700);
});
