import { expect, test } from 'vitest';
import { payloadOf } from './sensor-reading.ts';

test('a reading goes out as one flat object with the time first and values as they are', () => {
  const values = { sec: 949, ph: 7.23, water_level: '(na)' };
  expect(payloadOf({ measuredAt: Date.UTC(2017, 0, 1), values })).toBe(
    '{"measuredAt":"2017-01-01T00:00:00.000Z","sec":949,"ph":7.23,"water_level":"(na)"}',
  );
});
