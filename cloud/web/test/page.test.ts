// The page in a real browser, over the real API and store.
import { loadSensorTypes } from '@wellhead/host';
import { type Flag, hourMs } from '@wellhead/protocol';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, openTestApi, type TestApi } from '../../src/api/open-api.testing.ts';
import { examine, launch, noBrowser, openPage } from './open-browser.ts';

const start = Date.UTC(2024, 2, 1);
const count = 1_500;
const properties = ['sec', 'water_level'];
/** Readings in the middle of the record that were never taken. */
const gap = { from: 700, to: 760 };

interface Kind {
  readonly value: number;
  readonly flag: Flag;
  readonly cause: number;
}

function levelAt(i: number): Kind {
  if (i % 211 === 100) return { value: 0, flag: 4, cause: 2 };
  if (i % 307 === 150) return { value: 99_999, flag: 4, cause: 8 };
  if (i >= 400 && i < 410) return { value: 99_999, flag: 9, cause: 1 };
  if (i % 173 === 80) return { value: 28.9, flag: 3, cause: 10 };
  return { value: Number((28 + Math.sin(i / 90) * 0.4).toFixed(2)), flag: 1, cause: 0 };
}

function readingAt(i: number) {
  const level = levelAt(i);
  return {
    seq: i < gap.from ? i + 1 : i + 1 - (gap.to - gap.from),
    measuredAt: start + i * hourMs,
    values: [840 + (i % 9), level.value],
    flags: [1, level.flag] as const,
    causes: [0, level.cause],
  };
}

describe.skipIf(noBrowser !== undefined)(`the page (${noBrowser ?? 'Chromium'})`, () => {
  let api: TestApi;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    api = await openTestApi({ types: loadSensorTypes() });
    const taken = Array.from({ length: count }, (_, i) => i).filter((i) => i < gap.from || i >= gap.to);
    await api.take(batchOf({ properties }, taken.map(readingAt), Date.now()));
    browser = await launch();
    page = await open('light');
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  async function open(
    colorScheme: 'light' | 'dark',
    viewport = { width: 1400, height: 1000 },
  ): Promise<Page> {
    const address = `${api.url}/?site=lancashire&sensor=emb3&range=all`;
    const opened = await openPage(browser, address, { colorScheme, viewport, troubles });
    await opened.locator('.hydrograph canvas').nth(1).waitFor();
    return opened;
  }

  const level = (of: Page) => of.locator('.hydrograph', { hasText: 'Water level' });

  /** How many pixels of the line's colour each column of the chart holds, from the first to the last reading. */
  async function lineColumns(of: Page): Promise<number[]> {
    return level(of).evaluate((section) => {
      const canvas = section.querySelector('canvas')!;
      const over = section.querySelector('.u-over')!.getBoundingClientRect();
      const whole = canvas.getBoundingClientRect();
      const scale = canvas.width / whole.width;
      const probe = document.createElement('canvas').getContext('2d')!;
      probe.fillStyle = getComputedStyle(document.body).getPropertyValue('--line');
      probe.fillRect(0, 0, 1, 1);
      const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
      const { data, width, height } = canvas
        .getContext('2d')!
        .getImageData(
          (over.left - whole.left) * scale,
          (over.top - whole.top) * scale,
          over.width * scale,
          over.height * scale,
        );
      const columns = new Array<number>(width).fill(0);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const at = (y * width + x) * 4;
          const isNear = (a: number, b: number) => Math.abs(a - b) < 30;
          if (isNear(data[at]!, red!) && isNear(data[at + 1]!, green!) && isNear(data[at + 2]!, blue!))
            columns[x]!++;
        }
      return columns;
    });
  }

  it('draws a line that a wrong 99999 or 0 does not flatten', async () => {
    const columns = await lineColumns(page);
    expect(columns.filter((pixels) => pixels > 0).length).toBeGreaterThan(columns.length * 0.9);
    expect(
      await level(page)
        .getByText(/bad values lie outside the axis/)
        .count(),
    ).toBe(1);
    const label = await level(page).locator('.plot').getAttribute('aria-label');
    expect(label).toContain('between 27.60 and 28.90 m above datum');
    expect(label).toContain('10 missing');
  });

  it('does not join across a gap', async () => {
    const columns = await lineColumns(page);
    const column = (i: number) => Math.round((i / (count - 1)) * columns.length);
    const inside = columns.slice(column(gap.from + 1), column(gap.to - 2));
    expect(inside.length).toBeGreaterThan(20);
    expect(inside.every((pixels) => pixels === 0)).toBe(true);
  });

  it('is read with the arrow keys', async () => {
    await level(page).locator('.plot').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const readout = level(page).locator('.readout');
    await expect.poll(() => readout.textContent()).toContain('2024-03-01 01:00 UTC');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => readout.textContent()).toMatch(/28\.90 m above datum\s*suspect: spike/);
    await expect.poll(() => page.locator('[aria-live]').last().textContent()).toContain('Water level: 28.90');
    await page.keyboard.press('Escape');
    await expect.poll(() => readout.textContent()).toContain('newest');
  });

  it('keeps range and sensor in its address', async () => {
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await expect.poll(() => page.url()).toContain('range=7d');
    await expect
      .poll(async () => (await level(page).locator('.plot').getAttribute('aria-label'))!)
      .toContain(': 168 readings');
    await page.goBack();
    await expect
      .poll(async () => (await level(page).locator('.plot').getAttribute('aria-label'))!)
      .toContain(': 1440 readings');
  });

  it('moves and zooms without dragging', async () => {
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await expect
      .poll(async () => (await level(page).locator('.plot').getAttribute('aria-label'))!)
      .toContain(': 168 readings');
    await expect.poll(() => page.url()).toContain('from=');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect
      .poll(async () => (await level(page).locator('.plot').getAttribute('aria-label'))!)
      .toContain(': 84 readings');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await expect
      .poll(async () => (await level(page).locator('.plot').getAttribute('aria-label'))!)
      .toContain(': 1440 readings');
  });

  it('shows a new reading by itself, and slides on', async () => {
    const next = { ...readingAt(count), values: [841, 27.11], flags: [1, 1] as const, causes: [0, 0] };
    await api.take(batchOf({ properties }, [next], Date.now()));
    await expect
      .poll(() => level(page).locator('.readout').textContent(), { timeout: 5_000 })
      .toContain('27.11 m above datum');
    await expect.poll(() => page.locator('.newest-values').textContent()).toContain('27.11');
    expect(await page.locator('.connection').textContent()).toContain('live');
  });

  it('says which readings are missing', async () => {
    const skipped = { ...readingAt(count + 1), seq: 1_450 };
    await api.take(batchOf({ properties }, [skipped], Date.now()));
    await expect
      .poll(() => page.locator('.completeness').textContent(), { timeout: 10_000 })
      .toMatch(/8 missing/);
  });

  it.each(['light', 'dark'] as const)(
    'has no accessibility violation (%s, wide and narrow)',
    async (scheme) => {
      for (const viewport of [
        { width: 1400, height: 1000 },
        { width: 390, height: 844 },
      ]) {
        const opened = await open(scheme, viewport);
        expect(await examine(opened)).toEqual({ violations: [], overflow: 0 });
        await opened.context().close();
      }
    },
  );

  it('broke no rule of the browser on the way', () => {
    expect(troubles).toEqual([]);
  });

  it('teaches where there are no sensors', async () => {
    const empty = await openTestApi();
    const fresh = await browser.newPage();
    await fresh.goto(empty.url);
    await fresh.getByText('No sensors yet').waitFor();
    expect(await fresh.locator('main').textContent()).toContain('npm start');
    await empty.take(
      batchOf({ properties: ['water_level'] }, [{ seq: 1, measuredAt: start, values: [28] }], Date.now()),
    );
    await fresh.locator('.fleet tbody tr').waitFor({ timeout: 10_000 });
    await fresh.close();
    await empty.close();
  });
});
