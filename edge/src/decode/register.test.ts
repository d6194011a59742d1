import { describe, expect, it } from 'vitest';
import { type RegisterOrder, type RegisterType, readRegister } from './register.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const plain = { order: 'ABCD', scale: 1, offset: 0, missing: [] } as const;
const read = (bytes: string, type: RegisterType, more: object = {}) =>
  readRegister(hex(bytes), { ...plain, type, ...more });

describe('types', () => {
  it.each<[RegisterType, string, number]>([
    ['uint16', 'fffb', 65_531],
    ['int16', 'fffb', -5],
    ['uint32', 'ffff fffb', 4_294_967_291],
    ['int32', 'ffff fffb', -5],
    ['float32', '4183 0a3d', 16.38],
    ['float32', '3dcc cccd', 0.1],
    ['float32', 'c0e6 6666', -7.2],
    ['float64', '4030 6147 ae14 7ae1', 16.38],
    ['int64', 'ffff ffff ffff fffb', -5],
    ['uint64', '0000 0000 0001 0000', 65_536],
  ])('%s %s is %d', (type, bytes, value) => expect(read(bytes, type)).toBe(value));
});

describe('orders', () => {
  it.each<[RegisterOrder, string]>([
    ['ABCD', '4183 0a3d'],
    ['CDAB', '0a3d 4183'],
    ['BADC', '8341 3d0a'],
    ['DCBA', '3d0a 8341'],
  ])('%s of %s', (order, bytes) => expect(read(bytes, 'float32', { order })).toBe(16.38));

  it.each<[RegisterOrder, string]>([
    ['ABCD', '4030 6147 ae14 7ae1'],
    ['CDAB', '7ae1 ae14 6147 4030'],
    ['BADC', '3040 4761 14ae e17a'],
    ['DCBA', 'e17a 14ae 4761 3040'],
  ])('%s of 64 bits', (order, bytes) => expect(read(bytes, 'float64', { order })).toBe(16.38));

  it('swap the bytes of 16 bits where they say so', () => {
    expect(read('eb00', 'uint16', { order: 'BADC' })).toBe(235);
    expect(read('00eb', 'uint16', { order: 'CDAB' })).toBe(235);
  });
});

it('scales without the digits that binary adds', () => {
  expect(read('03f5', 'uint16', { scale: 0.1 })).toBe(101.3);
  expect(read('0bb8', 'uint16', { scale: 0.01, offset: -20 })).toBe(10);
});

it('has no value where the instrument has none', () => {
  expect(read('7fff', 'int16', { missing: [32_767], scale: 0.1 })).toBeNull();
  expect(read('7fc0 0000', 'float32')).toBeNull();
  expect(read('7f80 0000', 'float32')).toBeNull();
});
