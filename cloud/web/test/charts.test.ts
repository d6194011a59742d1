// The charts of a site and of a sensor, and the files beside them, in a real browser.
import { hourMs } from '@wellhead/protocol';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf } from '../../src/api/open-api.testing.ts';
import { labelsOf, recordLabels } from './canvas-labels.ts';
import { examine, noBrowser, openPage } from './open-browser.ts';
import { openViews, properties, reading, start, type ViewsWorld } from './views-world.ts';

describe.skipIf(noBrowser !== undefined)(`the charts (${noBrowser ?? 'Chromium'})`, () => {
  let the: ViewsWorld;
  beforeAll(async () => {
    the = await openViews();
  }, 60_000);
  afterAll(() => the?.close());

  it('a table beside the charts holds the same values', async () => {
    const page = await the.open('a site');
    await page.getByText('Readings of Well in Kent as a table').click();
    const rows = page.locator('.readings tbody tr');
    await expect.poll(() => rows.count()).toBe(25);
    expect(await rows.first().textContent()).toContain('2026-02-09 23:00 UTC');
    await page.getByRole('button', { name: 'Older' }).click();
    await expect.poll(() => rows.first().textContent()).toContain('2026-02-08 22:00 UTC');
    await page.context().close();
  });

  it('shows what was measured by hand, and above what datum levels are', async () => {
    const page = await the.open('a site');
    await page.addInitScript(() => {
      const { arc } = CanvasRenderingContext2D.prototype;
      const page = Object.assign(globalThis, { rings: 0 });
      CanvasRenderingContext2D.prototype.arc = function ring(...circle) {
        if (circle[2] === 6 * devicePixelRatio) page.rings++;
        arc.apply(this, circle);
      };
    });
    await page.goto(`${the.api.url}/?site=kent&sensor=well`);
    await page
      .getByText(
        /Measured by hand: 28\.31 m above datum on 2026-01-25 09:00 UTC, the newest of 2 in this range/,
      )
      .waitFor();
    expect(await page.locator('.sensor-header').textContent()).toContain(
      'levels above Ordnance Datum Newlyn',
    );
    const rings = () => page.evaluate<number>('rings');
    await expect.poll(rings).toBeGreaterThanOrEqual(2);
    expect(await examine(page)).toEqual({ violations: [], overflow: 0 });
    await page.context().close();
  });

  it('gives the same readings to a spreadsheet, to curl, R and Python', async () => {
    const page = await the.open('a site');
    const csv = await page.getByRole('link', { name: 'CSV of this range' }).getAttribute('href');
    const lines = (await (await fetch(`${the.api.url}${csv}`)).text()).trim().split('\n');
    expect(lines.filter((line) => line.startsWith('2026-'))).toHaveLength(30 * 24 - 31);
    const arrow = await page.getByRole('link', { name: 'Arrow' }).getAttribute('href');
    const stream = await fetch(`${the.api.url}${arrow}`);
    expect(stream.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
    expect(tableFromIPC(new Uint8Array(await stream.arrayBuffer())).numRows).toBe(30 * 24 - 31);
    await page.getByText('Python', { exact: true }).click();
    expect(await page.getByLabel('The same in Python').inputValue()).toContain(
      `pd.read_csv("${the.api.url}${csv}"`,
    );
    await page.context().close();
  });

  it('gives all sensors of a site in one file', async () => {
    for (const sensor of ['east', 'west'])
      await the.api.take(batchOf({ site: 'pair', sensor, properties }, [reading(0), reading(1)], Date.now()));
    const page = await openPage(the.browser, `${the.api.url}/?site=pair`, { troubles: the.troubles });
    const link = page.getByRole('link', { name: 'CSV of all sensors' });
    const csv = await (await fetch(`${the.api.url}${await link.getAttribute('href')}`)).text();
    const sensors = csv.split('\n').map((line) => line.split(',')[0]);
    expect(sensors).toEqual(['sensor', 'east', 'east', 'west', 'west', '']);
    await page.context().close();
    const alone = await the.open('a site');
    expect(await alone.getByRole('link', { name: 'CSV of all sensors' }).count()).toBe(0);
    await alone.context().close();
  });

  it('draws a long range as stretches, and every reading after a zoom', async () => {
    const many = Array.from({ length: 8_000 }, (_, i) => ({
      ...reading(i),
      measuredAt: start + i * 600_000,
    }));
    await the.api.take(batchOf({ site: 'long', sensor: 'well', properties }, many, Date.now()));
    const page = await openPage(the.browser, `${the.api.url}/?site=long&range=all`, {
      troubles: the.troubles,
    });
    await page.locator('.plot[aria-label*="stretches of readings"]').first().waitFor();
    const found = await page.locator('.readout').first().textContent();
    expect(found).toMatch(/84\d to 84\d µS\/cm/);
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.locator('.plot[aria-label*=": 1008 readings"]').first().waitFor();
    await page.context().close();
  });

  it('times are UTC unless the reader asks for those of the place', async () => {
    const page = await the.open('events', { timezoneId: 'Asia/Kolkata' });
    const detail = page.locator('.event-detail');
    expect(await detail.textContent()).toContain('2026-01-26 00:00 UTC');
    await page.getByLabel('Times in').selectOption('local');
    await expect.poll(() => detail.textContent()).toContain('2026-01-26 05:30 +05:30');
    expect(page.url()).toContain('zone=local');
    await page.context().close();
  });

  it('the time of the place is that of the site where it has one, also where clocks change', async () => {
    const springForward = Date.UTC(2026, 2, 29, 1);
    const night = Array.from({ length: 12 }, (_, i) => ({
      ...reading(i),
      measuredAt: springForward + (i - 6) * hourMs,
    }));
    await the.api.take(batchOf({ site: 'london', sensor: 'sonde', properties }, night, Date.now()));
    const iso = (hoursAfter: number) => new Date(springForward + hoursAfter * hourMs).toISOString();
    const page = await openPage(
      the.browser,
      `${the.api.url}/?site=london&sensor=sonde&zone=local&from=${iso(-3)}&to=${iso(3)}`,
      {
        troubles: the.troubles,
        timezoneId: 'Asia/Kolkata',
      },
    );
    await recordLabels(page);
    await page.reload();
    await page.getByText('Readings of sonde as a table').click();
    const times = page.locator('.readings tbody th');
    await expect
      .poll(async () => (await times.allTextContents()).reverse())
      .toEqual([
        '2026-03-28 22:00 +00:00',
        '2026-03-28 23:00 +00:00',
        '2026-03-29 00:00 +00:00',
        '2026-03-29 02:00 +01:00',
        '2026-03-29 03:00 +01:00',
        '2026-03-29 04:00 +01:00',
      ]);
    expect(await page.locator('.readout time').first().textContent()).toBe('2026-03-29 04:00 +01:00');
    const labels = await labelsOf(page);
    for (const hourOfDay of ['23:00', '00:00', '02:00', '03:00']) expect(labels).toContain(hourOfDay);
    expect(labels).not.toContain('01:00');
    expect(await page.getByLabel('Times in').textContent()).toContain('Site time (Europe/London)');
    expect(page.url()).toContain('zone=local');
    await page.getByLabel('Times in').selectOption('utc');
    await expect.poll(() => times.first().textContent()).toBe('2026-03-29 03:00 UTC');
    await page.context().close();
  });

  it('broke no rule of the browser on the way', () => {
    expect(the.troubles).toEqual([]);
  });
});
