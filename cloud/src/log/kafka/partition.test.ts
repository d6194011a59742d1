import { encodeBatch } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { keyOf, partitionOf } from './partition.ts';

function batchOf(site: string, gateway: string): Uint8Array {
  return encodeBatch({ site, gateway, origin: 'o1', lane: 'live', blocks: [] });
}

it('keys a batch by the gateway it is from, whatever else is in it', () => {
  expect(keyOf(batchOf('north', 'gw-1'))).toBe('north/gw-1');
});

it('has no key for bytes that are no batch, and puts them into partition 0', () => {
  expect(keyOf(Buffer.from('batch 1'))).toBeNull();
  expect(keyOf(new Uint8Array())).toBeNull();
  expect(partitionOf(null, 6)).toBe(0);
});

it('gives a key the same partition in every process and version', () => {
  // Known answers of FNV-1a, 32 bits: '' 811c9dc5, 'a' e40c292c, 'foobar' bf9cf968.
  const whole = 2 ** 32;
  expect(partitionOf('', whole)).toBe(0x811c9dc5);
  expect(partitionOf('a', whole)).toBe(0xe40c292c);
  expect(partitionOf('foobar', whole)).toBe(0xbf9cf968);
});

it('spreads gateways over all partitions', () => {
  const counts = new Array<number>(12).fill(0);
  for (let i = 0; i < 1_200; i++) counts[partitionOf(`site-${i % 40}/gateway-${i}`, 12)]!++;
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect(Math.max(...counts)).toBeLessThan(200);
});
