import { expect, it } from 'vitest';
import { importsOf } from './sources.ts';

it.each([
  ["import { Pump } from '../uplink/pump.ts';"],
  ['export * from "../uplink/pump.ts";'],
  ["export { Pump } from /* why */ '../uplink/pump.ts';"],
  ["import '../uplink/pump.ts';"],
  ["import type { Pump } from './../uplink/pump.ts';"],
  ["export type P = import('../uplink/pump.ts').Pump;"],
  ["const later = () => import(/* why */ '../uplink/pump.ts');"],
  ['const later = () => import(`../uplink/pump.ts`);'],
  ["import { Pump } from '../uplink/pump.js';"],
])('sees the import in %s', (text) => {
  expect(importsOf('edge/src/clock/a.ts', text)).toEqual(['edge/src/uplink/pump.ts']);
});

it('takes no word of a comment or a text for an import', () => {
  const text = "// import '../uplink/pump.ts'\nexport const words = \"from '../uplink/pump.ts'\";";
  expect(importsOf('edge/src/clock/a.ts', text)).toEqual([]);
});
