// A page that slept, in a real browser: what arrived meanwhile appears by itself, once, and the state shown is true.

import { loadSensorTypes } from '@wellhead/host';
import { hourMs } from '@wellhead/protocol';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { batchOf, openTestApi, type TestApi } from '../../src/api/open-api.testing.ts';
import { launch, noBrowser, openPage } from './open-browser.ts';

const start = Date.UTC(2026, 0, 1);
const before = 48;
const meanwhile = 3;
const named = { site: 'kent', sensor: 'well', properties: ['water_level'] };

/** Readings from a place on, one an hour; the level tells the place. */
const batch = (from: number, count: number) =>
  batchOf(
    named,
    Array.from({ length: count }, (_, i) => ({
      seq: from + i + 1,
      measuredAt: start + (from + i) * hourMs,
      values: [28 + (from + i) / 100],
    })),
    Date.now(),
  );

describe.skipIf(noBrowser !== undefined)(`waking (${noBrowser ?? 'Chromium'})`, () => {
  let api: TestApi;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  beforeEach(async () => {
    api = await openTestApi({ types: loadSensorTypes() });
    await api.take(batch(0, before));
    return () => api.close();
  });
  afterAll(() => browser?.close());

  const plot = (page: Page, readings: number) => page.locator(`.plot[aria-label*=": ${readings} readings"]`);

  async function open(): Promise<Page> {
    const page = await openPage(browser, 'about:blank', { troubles: [] });
    await page.clock.install();
    await page.goto(`${api.url}/?site=kent&sensor=well&range=all`);
    await plot(page, before).waitFor();
    await page.locator('.connection.live').waitFor();
    return page;
  }

  /** All that is held, once each and without a hole, in the charts, in the tiles and in the table. */
  async function expectAll(page: Page): Promise<void> {
    await plot(page, before + meanwhile).waitFor({ timeout: 10_000 });
    const newest = (28 + (before + meanwhile - 1) / 100).toFixed(2);
    await expect.poll(() => page.locator('.newest-values').textContent()).toContain(newest);
    await expect
      .poll(() => page.locator('.completeness').textContent(), { timeout: 5_000 })
      .toContain(`Readings 1 to ${before + meanwhile}: complete`);
    await page.getByText('as a table').click();
    const levels = page.locator('.readings tbody td');
    await levels.first().waitFor();
    expect(await levels.allTextContents()).toEqual(
      Array.from({ length: 25 }, (_, i) => (28 + (before + meanwhile - 1 - i) / 100).toFixed(2)),
    );
  }

  it('takes up what the browser held back while the page was frozen', async () => {
    const page = await open();
    const browserOf = await page.context().newCDPSession(page);
    await browserOf.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (let i = 0; i < meanwhile; i++) await api.take(batch(before + i, 1));
    await browserOf.send('Page.setWebLifecycleState', { state: 'active' });
    await expectAll(page);
    await page.locator('.connection.live').waitFor();
    await page.context().close();
  });

  it('loads what a stream that died in its sleep never told', async () => {
    const page = await open();
    await api.store.write([batch(before, meanwhile)]);
    await page.clock.fastForward(8 * hourMs);
    await expectAll(page);
    await page.locator('.connection.live').waitFor();
    await page.context().close();
  });

  it('loads it also when the next reading comes before the list of sensors', async () => {
    const page = await open();
    await api.store.write([batch(before, meanwhile - 1)]);
    await page.clock.fastForward(8 * hourMs);
    await page.locator('.connection.live').waitFor();
    await api.take(batch(before + meanwhile - 1, 1));
    await expectAll(page);
    await page.context().close();
  });

  it('is not called live before the stream is there again', async () => {
    const page = await open();
    let letGo: (() => Promise<void>) | undefined;
    await page.route('**/api/v1/live**', (route) => {
      letGo = () => route.abort();
    });
    await api.store.write([batch(before, meanwhile)]);
    await page.clock.fastForward(8 * hourMs);
    await expect.poll(() => page.locator('.connection').textContent()).toBe('reconnecting');
    await expect.poll(() => letGo).toBeDefined();
    await letGo!();
    await page.unroute('**/api/v1/live**');
    await page.locator('.connection.live').waitFor({ timeout: 10_000 });
    await expectAll(page);
    await page.context().close();
  });

  it('a machine that comes back to a network asks again', async () => {
    const page = await open();
    await page.context().setOffline(true);
    await api.store.write([batch(before, meanwhile)]);
    await page.context().setOffline(false);
    await expectAll(page);
    await page.locator('.connection.live').waitFor();
    await page.context().close();
  });
});
