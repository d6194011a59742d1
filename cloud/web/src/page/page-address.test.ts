import { describe, expect, it } from 'vitest';
import { boundsOf, readAddress, writeAddress } from './page-address.ts';

const usual = { zone: 'utc', range: { name: '30d' } } as const;

describe('the address of the page', () => {
  it.each([
    { view: 'fleet', ...usual },
    { view: 'fleet', ...usual, words: 'kent late', page: 3, zone: 'local' },
    { view: 'charts', ...usual, site: 'clapham' },
    { view: 'charts', zone: 'utc', site: 'clapham', sensor: 'bh-1', range: { name: '7d' } },
    {
      view: 'charts',
      zone: 'local',
      site: 'clapham',
      sensor: 'bh-1',
      range: { from: 1_700_000_000_000, to: 1_700_000_360_000 },
    },
    { view: 'events', ...usual, site: 'clapham', kind: 'fault', open: false },
    { view: 'events', ...usual, event: 'abc' },
    { view: 'quality', ...usual, site: 'clapham', sensor: 'bh-1' },
    { view: 'operations', ...usual },
  ] as const)('holds %o', (address) => {
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  it('falls back to what makes sense', () => {
    expect(readAddress('?range=3y&view=secrets&page=-1&kind=lies&zone=mars')).toEqual({
      view: 'fleet',
      ...usual,
    });
    expect(readAddress('?from=2024-02-01&to=2024-01-01')).toEqual({ view: 'fleet', ...usual });
    expect(readAddress('?sensor=without-its-site')).toEqual({ view: 'fleet', ...usual });
  });

  it('counts back from the newest reading, and holds that reading', () => {
    const day = 86_400_000;
    expect(boundsOf({ name: '7d' }, 0, 100 * day)).toEqual({ from: 93 * day + 1, to: 100 * day + 1 });
    expect(boundsOf({ name: 'all' }, 5, 100 * day)).toEqual({ from: 5, to: 100 * day + 1 });
  });
});
