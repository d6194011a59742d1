import { expect, it } from 'vitest';
import type { RegisterType } from '../../decode/register.ts';
import { planReads } from './read-plan.ts';

const at = (address: number, type: RegisterType = 'uint16', kind: 'holding' | 'input' = 'holding') => ({
  property: 'p',
  kind,
  address,
  type,
  order: 'ABCD' as const,
  scale: 1,
  offset: 0,
  missing: [],
});
const shape = (...registers: ReturnType<typeof at>[]) =>
  planReads(registers).map(({ kind, address, count }) => `${kind} ${address}+${count}`);

it('reads neighbours together, in whatever order they are given', () => {
  expect(shape(at(2, 'float32'), at(0), at(1))).toEqual(['holding 0+4']);
  expect(shape(at(0, 'uint32'), at(1))).toEqual(['holding 0+2']);
});

it('asks apart over a gap, and for the other kind', () => {
  expect(shape(at(0), at(2))).toEqual(['holding 0+1', 'holding 2+1']);
  expect(shape(at(0), at(1, 'uint16', 'input'))).toEqual(['holding 0+1', 'input 1+1']);
});

it('asks for 125 registers at most, and tears no number in two', () => {
  const many = Array.from({ length: 70 }, (_, i) => at(i * 2, 'float32'));
  expect(shape(...many)).toEqual(['holding 0+124', 'holding 124+16']);
});
