import { describe, expect, it } from 'vitest';
import { boundsOf, readAddress, writeAddress } from './page-address.ts';

describe('the address of the page', () => {
  it.each([
    { site: 'clapham', sensor: 'bh-1', range: { name: '7d' } },
    { site: 'clapham', sensor: 'bh-1', range: { from: 1_700_000_000_000, to: 1_700_000_360_000 } },
    { range: { name: 'all' } },
  ] as const)('holds %o', (address) => {
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  it('falls back to 30 days where it makes no sense', () => {
    expect(readAddress('?range=3y')).toEqual({ range: { name: '30d' } });
    expect(readAddress('?from=2024-02-01&to=2024-01-01')).toEqual({ range: { name: '30d' } });
  });

  it('counts back from the newest reading, and holds that reading', () => {
    const day = 86_400_000;
    expect(boundsOf({ name: '7d' }, 0, 100 * day)).toEqual({ from: 93 * day + 1, to: 100 * day + 1 });
    expect(boundsOf({ name: 'all' }, 5, 100 * day)).toEqual({ from: 5, to: 100 * day + 1 });
  });
});
