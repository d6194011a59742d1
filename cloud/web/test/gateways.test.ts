// What the page shows of gateways, and what it asks of them, in a real browser over the real API and store.
import { loadSensorTypes } from '@wellhead/host';
import { type Ledger, minuteMs, type Status } from '@wellhead/protocol';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, openTestApi, type TestApi } from '../../src/api/open-api.testing.ts';
import { examine, launch, narrow, noBrowser, openPage, wide } from './open-browser.ts';

const address = { site: 'kent', gateway: 'gw1' };

describe.skipIf(noBrowser !== undefined)(`gateways (${noBrowser ?? 'Chromium'})`, () => {
  let api: TestApi;
  let browser: Browser;
  const troubles: string[] = [];

  beforeAll(async () => {
    api = await openTestApi({ types: loadSensorTypes() });
    const now = Date.now();
    const readings = [1, 2, 3, 20].map((seq) => ({
      seq,
      measuredAt: now - (21 - seq) * minuteMs,
      values: [seq],
    }));
    await api.take(batchOf({ site: 'kent', sensor: 'well', properties: ['water_level'] }, readings, now));
    const status: Status = {
      state: 'online',
      at: new Date(now - 2 * 3_600_000).toISOString(),
      version: '7.8.9',
      clock: 'synchronised',
      startedAt: new Date(now - 3 * 86_400_000).toISOString(),
      undelivered: 1,
      journal: { bytes: 8.4e8, budgetBytes: 1.6e10 },
      counters: { readings_accepted_total: 4711, readings_lost_total: 0 },
      sensors: [{ sensor: 'well', type: 'groundwater' }],
    };
    const ledger: Ledger = {
      origin: 'journal-one',
      at: new Date(now).toISOString(),
      sensors: [{ sensor: 'well', first: 1, last: 20, undelivered: 1, waiting: [[19, 19]], lost: [] }],
    };
    await api.gateways.note(address, now, { status, ledger });
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  it('tells version, clock, room and counters of each', async () => {
    const page = await openPage(browser, `${api.url}/?view=operations`, { troubles });
    const row = page.getByRole('row', { name: 'gw1' });
    await expect.poll(() => row.textContent()).toContain('version 7.8.9, up 3 d');
    expect(await row.textContent()).toContain('set, 2 h behind');
    expect(await row.textContent()).toContain('1 reading waiting');
    expect(await row.textContent()).toContain('840 MB of 16 GB (5 %)');
    await row.getByText('1 counter').click();
    await row.getByText('readings_accepted_total').waitFor();
    await page.context().close();
  });

  it('no accessibility violation and nothing cut, light and dark, wide and narrow', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const viewport of [wide, narrow]) {
        const page = await openPage(browser, `${api.url}/?view=operations`, {
          troubles,
          colorScheme,
          viewport,
        });
        await page.getByText('version 7.8.9').waitFor();
        await page.getByText('1 counter').click();
        expect(await examine(page)).toEqual({ violations: [], overflow: 0 });
        await page.context().close();
      }
  });

  it('are asked for what they hold and this cloud lost', async () => {
    const page = await openPage(browser, `${api.url}/?view=quality&site=kent&sensor=well`, { troubles });
    await page.getByText('4–18 on request').waitFor();
    await page.getByText('19 not yet sent').waitFor();
    expect(await examine(page)).toEqual({ violations: [], overflow: 0 });
    await page.getByRole('button', { name: 'Ask for them' }).click();
    await page.getByText('Asked. They come as backlog.').waitFor();
    expect(api.published.at(-1)).toEqual({
      topic: 'wellhead/1/kent/gw1/request',
      payload: JSON.stringify({ origin: 'journal-one', ranges: [['well', 4, 18]] }),
    });
    await page.reload();
    await page.getByText('4–18 requested').waitFor();
    await page.context().close();
  });

  it('say why a message cannot be sent again, and take it when it can', async () => {
    await api.deadLetters.keep({
      topic: 'wellhead/1/kent/gw1/json',
      reason: 'bad-json',
      detail: 'no checksum',
      payload: Buffer.from('x'),
    });
    const page = await openPage(browser, `${api.url}/?view=operations`, { troubles: [] });
    const row = page.getByRole('row', { name: 'no checksum' });
    await row.getByRole('button').click();
    await expect.poll(() => row.getByRole('status').textContent()).toContain('It is refused again and stays');
    const reading = {
      sensor: 'well',
      type: 'groundwater',
      measuredAt: '2026-01-01T00:00:00Z',
      values: { ph: 7 },
    };
    await api.deadLetters.keep({
      topic: 'wellhead/1/kent/gw1/json',
      reason: 'bad-json',
      detail: 'was mended',
      payload: Buffer.from(JSON.stringify(reading)),
    });
    await page.reload();
    const mended = page.getByRole('row', { name: 'was mended' });
    await mended.getByRole('button').click();
    await expect.poll(() => mended.count()).toBe(0);
    await page.context().close();
  });

  it('leave the browser with nothing to complain of', () => {
    expect(troubles).toEqual([]);
  });
});
