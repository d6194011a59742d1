import { maxWaiting } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import { classifyMissing } from './missing.ts';

const ledger = {
  sensor: 'emb3',
  first: 1,
  last: 100,
  undelivered: 100,
  waiting: [[1, 100]] as [number, number][],
  lost: [],
};

describe('missing readings', () => {
  it('are not yet sent where the gateway holds them', () => {
    expect(classifyMissing({ highest: 50, missing: [[10, 19]] }, { ...ledger, last: 60 })).toEqual([
      { from: 10, to: 19, state: 'not yet sent' },
      { from: 51, to: 60, state: 'not yet sent' },
    ]);
  });

  it('are lost with the reason the gateway gives, and only those', () => {
    const entry = {
      ...ledger,
      lost: [
        [12, 14, 'journal-full'],
        [30, 99, 'unreadable'],
      ] as (typeof ledger)['lost'],
    };
    expect(classifyMissing({ highest: 100, missing: [[10, 32]] }, entry)).toEqual([
      { from: 10, to: 11, state: 'not yet sent' },
      { from: 12, to: 14, state: 'lost at the edge', reason: 'journal-full' },
      { from: 15, to: 29, state: 'not yet sent' },
      { from: 30, to: 32, state: 'lost at the edge', reason: 'unreadable' },
    ]);
  });

  it('are unknown below what the gateway holds and above what it knew', () => {
    expect(
      classifyMissing(
        {
          highest: 200,
          missing: [
            [5, 25],
            [90, 110],
          ],
        },
        { ...ledger, first: 21 },
      ),
    ).toEqual([
      { from: 5, to: 20, state: 'unknown', reason: 'no longer at the gateway' },
      { from: 21, to: 25, state: 'not yet sent' },
      { from: 90, to: 100, state: 'not yet sent' },
      { from: 101, to: 110, state: 'unknown', reason: 'newer than the ledger' },
    ]);
  });

  it('are on request where the gateway counts them as delivered, and requested once somebody asked', () => {
    const entry = { ...ledger, waiting: [[15, 19]] as [number, number][] };
    const held = { highest: 100, missing: [[10, 30]] as const };
    expect(classifyMissing(held, entry)).toEqual([
      { from: 10, to: 14, state: 'on request' },
      { from: 15, to: 19, state: 'not yet sent' },
      { from: 20, to: 30, state: 'on request' },
    ]);
    expect(classifyMissing(held, entry, [[1, 22]])).toEqual([
      { from: 10, to: 14, state: 'requested' },
      { from: 15, to: 19, state: 'not yet sent' },
      { from: 20, to: 22, state: 'requested' },
      { from: 23, to: 30, state: 'on request' },
    ]);
  });

  it('wait too behind the ranges that a ledger has room for', () => {
    const waiting = Array.from({ length: maxWaiting }, (_, i): [number, number] => [i * 2 + 1, i * 2 + 1]);
    const entry = { ...ledger, last: 1_000, waiting };
    expect(
      classifyMissing(
        {
          highest: 1_000,
          missing: [
            [2, 2],
            [500, 600],
          ],
        },
        entry,
      ),
    ).toEqual([
      { from: 2, to: 2, state: 'on request' },
      { from: 500, to: 600, state: 'not yet sent' },
    ]);
  });

  it('are unknown without a ledger', () => {
    expect(classifyMissing({ highest: 3, missing: [[2, 2]] }, undefined)).toEqual([
      { from: 2, to: 2, state: 'unknown', reason: 'no ledger' },
    ]);
  });
});
