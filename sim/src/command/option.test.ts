import { expect, test } from 'vitest';
import {
  readBrokerUrl,
  readCount,
  readDuration,
  readSensor,
  readSpeed,
  readStart,
  readWindow,
} from './option.ts';

test('reads options as people write them', () => {
  expect(['360x', '0.5x', '2', 'max'].map(readSpeed)).toEqual([360, 0.5, 2, Number.POSITIVE_INFINITY]);
  expect(readDuration('30s')).toBe(30_000);
  expect(readStart('2017-01-01')).toBe(Date.UTC(2017, 0, 1));
  expect(readBrokerUrl('mqtts://user:secret@gateway:8883')).toContain('gateway');
});

test.each([
  [readSpeed, '0x'],
  [readSpeed, 'fast'],
  [readWindow, '0'],
  [readWindow, '70000'],
  [readCount, '-1'],
  [readDuration, '30'],
  [readDuration, '0s'],
  [readSensor, 'a/b'],
  [readSensor, '+'],
  [readBrokerUrl, 'localhost:1883'],
  [readBrokerUrl, 'http://localhost'],
  [readStart, 'yesterday'],
])('%o refuses "%s"', (read, text) => {
  expect(() => read(text)).toThrow();
});
