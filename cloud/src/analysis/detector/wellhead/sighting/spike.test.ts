import { hourMs } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { SpikeWatch } from './spike.ts';

/** Sixty quiet days, then the values; what is found in those. */
function watch(values: readonly number[]) {
  const spikes = new SpikeWatch(1);
  let time = 0;
  for (let i = 0; i < 1_440; i++, time += hourMs) spikes.push(time, 10 + (i % 3) / 10, 0.1, 1);
  const from = time;
  return values.flatMap((value) => {
    const found = spikes.push(time, value, 0.1, 1);
    time += hourMs;
    return found === undefined
      ? []
      : [
          {
            at: (found.start - from) / hourMs,
            count: found.count,
            value: found.value,
            known: (found.decidedAt - from) / hourMs,
          },
        ];
  });
}

it('up and back is a spike, known at the value after it', () => {
  expect(watch([10, 10.1, 10.2, 14, 10.1, 10])).toEqual([{ at: 3, count: 1, value: 14, known: 4 }]);
  expect(watch([10, 10.1, 10.2, 6, 6.2, 10.1, 10])).toEqual([{ at: 3, count: 2, value: 6, known: 5 }]);
});

it('what stays, or comes back half-way only, is none', () => {
  expect(watch([10, 10.1, 10.2, 14, 14.1, 14, 14.2, 14.1])).toEqual([]);
  expect(watch([10, 10.1, 10.2, 14, 12.8, 12.7, 12.8])).toEqual([]);
});

it('a small one is none', () => {
  expect(watch([10, 10.1, 10.2, 10.26, 10.1, 10])).toEqual([]);
});
