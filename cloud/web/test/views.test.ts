// The views beside the charts of one sensor, in a real browser over the real API and store.
import { loadSensorTypes } from '@wellhead/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, openTestApi } from '../../src/api/open-api.testing.ts';
import { examine, narrow, noBrowser, openPage, wide } from './open-browser.ts';
import { openViews, properties, reading, sites, type ViewsWorld, views } from './views-world.ts';

describe.skipIf(noBrowser !== undefined)(`the views (${noBrowser ?? 'Chromium'})`, () => {
  let the: ViewsWorld;
  beforeAll(async () => {
    the = await openViews();
  }, 60_000);
  afterAll(() => the?.close());

  it.each(Object.keys(views) as (keyof typeof views)[])(
    '%s: no accessibility violation and nothing cut, light and dark, wide and narrow',
    async (name) => {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const viewport of [wide, narrow]) {
          const page = await the.open(name, { colorScheme, viewport });
          expect(await examine(page)).toEqual({ violations: [], overflow: 0 });
          await page.context().close();
        }
    },
  );

  it('the fleet begins with the sensor that needs somebody, and filters by words', async () => {
    const page = await the.open('fleet');
    const rows = page.locator('.fleet tbody tr');
    await expect.poll(() => rows.first().textContent()).toContain('process event goes on');
    expect(await rows.first().textContent()).toMatch(/2[78]\.\d\d m above datum/);
    await page.getByLabel('Filter').fill('fife');
    await expect.poll(() => rows.count()).toBe(1);
    expect(page.url()).toContain('words=fife');
    await page.getByLabel('Filter').fill('nowhere');
    await page.getByText('No sensor holds all of these words').waitFor();
    await page.context().close();
  });

  it('a site that is not there is named, and is no reason to say that there are no sensors', async () => {
    const page = await openPage(the.browser, `${the.api.url}/?site=essex`, { troubles: the.troubles });
    await page.getByText('There is no site essex with sensors.').waitFor();
    await page.getByRole('link', { name: 'Choose from the fleet.' }).click();
    await page.locator('.fleet tbody tr').first().waitFor();
    await page.context().close();
  });

  it('leads by keyboard alone from the fleet to a site, its event and back', async () => {
    const page = await the.open('fleet');
    await page.getByRole('link', { name: 'Kent', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.hydrograph canvas').nth(1).waitFor();
    await page.getByRole('link', { name: 'process, spike' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('0.5 m above').waitFor();
    expect(page.url()).toContain('event=one');
    await page.goBack();
    await page.locator('.hydrograph canvas').nth(1).waitFor();
    await page.context().close();
  });

  it('the map has each site once, north above south', async () => {
    const page = await the.open('fleet');
    const place = (name: string) => page.locator('.fleet-map a', { hasText: name }).boundingBox();
    expect((await place('Fife'))!.y).toBeLessThan((await place('Kent'))!.y);
    await page.context().close();
  });

  it('colours follow the reader’s choice, and keep it', async () => {
    const page = await the.open('fleet', { colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByLabel('Colours').selectOption('dark');
    await expect.poll(ground).not.toBe(light);
    const dark = await ground();
    await page.reload();
    await expect.poll(ground).toBe(dark);
    await page.context().close();
  });

  it('lists messages that could not be taken, with why', async () => {
    const topic = 'wellhead/1/kent/gw1/data';
    await the.api.deadLetters.keep({
      topic,
      reason: 'bad-batch',
      detail: 'no checksum',
      payload: Buffer.from('x'),
    });
    const page = await the.open('operations');
    await page.getByText('no checksum').waitFor();
    await page.context().close();
  });

  it('counts days, delays and holes', async () => {
    const page = await the.open('quality');
    const text = page.locator('main');
    await expect.poll(() => text.textContent()).toContain('3 of 40 days lack readings');
    expect(await text.textContent()).toContain('31 missing');
    await expect.poll(() => text.textContent()).toContain('929 readings since');
    await page.context().close();
  });

  it('says so where the server is gone, and comes back by itself', async () => {
    const page = await the.open('fleet');
    await page.route('**/api/v1/**', (route) => route.abort());
    const refused = openPage(the.browser, 'about:blank', { troubles: [] });
    await (await refused).context().close();
    await page.reload();
    await page.getByText('The server cannot be reached. Nothing can be shown yet').waitFor();
    await page.unroute('**/api/v1/**');
    await page.locator('.fleet tbody tr').first().waitFor({ timeout: 10_000 });
    // What the browser said of the refused requests was meant.
    the.troubles.length = 0;
    await page.context().close();
  });

  it('opens without the server once it was there', async () => {
    const other = await openTestApi({ types: loadSensorTypes(), sites });
    await other.take(batchOf({ site: 'kent', sensor: 'well', properties }, [reading(0)], Date.now()));
    const page = await openPage(the.browser, other.url, { troubles: [] });
    await page.locator('.fleet tbody tr').first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await other.close();
    await page.reload();
    await page.getByText('The server cannot be reached').waitFor();
    expect(await page.locator('.top').textContent()).toContain('Fleet');
    await page.context().close();
  });

  it('broke no rule of the browser on the way', () => {
    expect(the.troubles).toEqual([]);
  });
});
