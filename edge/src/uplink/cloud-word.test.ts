import { receiptSchema } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { rangesBySensor, readCloudWord } from './cloud-word.ts';

it('reads what follows the schema, and nothing of what does not', () => {
  const receipt = { origin: 'aa', ranges: [['b1', 1, 5]] };
  expect(readCloudWord(receiptSchema, Buffer.from(JSON.stringify(receipt)))).toEqual(receipt);
  for (const wrong of ['', 'nonsense', '{}', '{"origin":"aa"}', '{"origin":"aa","ranges":[["b1",1]]}'])
    expect(readCloudWord(receiptSchema, Buffer.from(wrong))).toBeUndefined();
});

it('sorts ranges by sensor, each in the order it came', () => {
  const sorted = rangesBySensor([
    ['a', 1, 2],
    ['b', 1, 9],
    ['a', 5, 6],
  ]);
  expect([...sorted]).toEqual([
    [
      'a',
      [
        [1, 2],
        [5, 6],
      ],
    ],
    ['b', [[1, 9]]],
  ]);
});
