// Every view on paper, in a real browser: what can only be pressed is left away, and nothing is cut or dark.
import { loadSensorTypes } from '@wellhead/host';
import { hourMs, type Site } from '@wellhead/protocol';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, openTestApi, type TestApi } from '../../src/api/open-api.testing.ts';
import { sampleEvent } from '../../src/store/event-store.testing.ts';
import { launch, noBrowser, openPage, wide } from './open-browser.ts';

const start = Date.UTC(2026, 0, 1);
const hours = 24 * 40;
const properties = ['sec', 'ph', 'water_level', 'water_temperature', 'total_dissolved_gas'];
/** What lies between the usual margins of a sheet of A4, in pixels of a screen. */
const a4 = { width: 718, height: 1_000 };
const sheetOfPdf = /\/Type\s*\/Page\b/g;

const views = {
  fleet: ['/', '.fleet tbody tr'],
  'a site': ['/?site=kent', '.hydrograph canvas'],
  events: ['/?view=events&event=one', '.event-detail canvas'],
  quality: ['/?view=quality&site=kent&sensor=well', '.calendar .day'],
  operations: ['/?view=operations', '.operations .number'],
} as const;
type View = keyof typeof views;

describe.skipIf(noBrowser !== undefined)(`on paper (${noBrowser ?? 'Chromium'})`, () => {
  let api: TestApi;
  let browser: Browser;
  const troubles: string[] = [];

  beforeAll(async () => {
    const site: Site = {
      site: 'kent',
      title: 'Kent',
      location: { latitude: 51.2, longitude: 0.7 },
      sensors: {},
    };
    api = await openTestApi({ types: loadSensorTypes(), sites: new Map([['kent', site]]) });
    const readings = Array.from({ length: hours }, (_, i) => ({
      seq: i + 1,
      measuredAt: start + i * hourMs,
      values: [840 + (i % 9), 7.1, Number((28 + Math.sin(i / 90) * 0.4).toFixed(2)), 10.5, 780],
    }));
    await api.take(batchOf({ site: 'kent', sensor: 'well', properties }, readings, Date.now()));
    const events = [sampleEvent('one', 600, { site: 'kent', sensors: ['well'], isOpen: true })];
    await api.store.events.replace([{ site: 'kent', sensor: 'well', from: 0, to: start * 2, events }], start);
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const open = async (view: View, viewport = a4): Promise<Page> => {
    const page = await openPage(browser, api.url + views[view][0], {
      troubles,
      colorScheme: 'dark',
      viewport,
    });
    await page.locator(views[view][1]).first().waitFor();
    return page;
  };

  it.each(Object.keys(views) as View[])('%s: nothing to press, nothing cut, black on white', async (view) => {
    const page = await open(view);
    if (view === 'a site') await page.getByText('as a table').click();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect.poll(() => page.evaluate(() => document.documentElement.className)).toContain('paper');
    for (const hidden of ['.top', 'button', 'select', 'input', 'textarea'])
      expect(await page.locator(`${hidden}:visible`).count(), hidden).toBe(0);
    expect(await page.locator(views[view][1]).first().isVisible()).toBe(true);
    if (view === 'a site') {
      expect(await page.locator('.hydrograph canvas:visible').count()).toBe(properties.length);
      expect(await page.locator('.readings tbody tr:visible').count()).toBe(25);
    }
    expect(await wider(page)).toEqual([]);
    const style = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor };
    });
    expect(style).toEqual({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)' });
    for (const canvas of await page.locator('canvas').all()) expect(await isLight(canvas)).toBe(true);
    await page.context().close();
  });

  it.each(Object.keys(views) as View[])(
    '%s: printed from a wide, dark screen it fits the sheet',
    async (view) => {
      const page = await open(view, wide);
      // How wide its charts go to the sheet: they are drawn once all listeners were told.
      await page.evaluate(() => {
        const tell = () => {
          const widths = [...document.querySelectorAll('canvas')].map(({ width }) => width);
          document.documentElement.dataset.printed = JSON.stringify(widths);
        };
        addEventListener('beforeprint', () => queueMicrotask(() => queueMicrotask(tell)));
      });
      const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(sheetOfPdf)?.length ?? 0;
      expect(sheets).toBeGreaterThanOrEqual(1);
      expect(sheets).toBeLessThanOrEqual(5);
      const charts = await page.locator('canvas').count();
      const printed = await page.evaluate(() => document.documentElement.dataset.printed);
      expect(JSON.parse(printed!)).toEqual(Array.from({ length: charts }, () => 680));
      // And the screen is as it was.
      await expect.poll(() => page.evaluate(() => document.documentElement.className)).toBe('dark');
      for (const canvas of await page.locator('canvas').all())
        await expect.poll(() => canvas.evaluate(({ clientWidth }) => clientWidth)).toBeGreaterThan(700);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      await page.context().close();
    },
  );

  it('broke no rule of the browser on the way', () => {
    expect(troubles).toEqual([]);
  });
});

/** What stands out of the sheet at its right side, or is cut by what holds it. */
function wider(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main, main *')]
      .filter((element) => {
        if (element.closest('.visually-hidden') !== null) return false;
        const { right, width } = element.getBoundingClientRect();
        const isCut =
          element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible';
        return width > 0 && (right > innerWidth + 1 || isCut);
      })
      .map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`),
  );
}

/** Whether the ground that a chart's writing stands on, and the chart, were drawn for light. */
function isLight(canvas: ReturnType<Page['locator']>): Promise<boolean> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    // Letters in a dark theme are light: on paper no wholly covered pixel of the axis may be.
    let light = 0;
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] !== 255 || (i / 4) % width > 50) continue;
      const sum = data[i]! + data[i + 1]! + data[i + 2]!;
      if (sum < 300) dark++;
      else if (sum > 450) light++;
    }
    return dark > light;
  });
}
