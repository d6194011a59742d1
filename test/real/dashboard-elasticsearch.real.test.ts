// The dashboard over Elasticsearch, in a real browser: every view shows what the API of the same store says.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadingsAnswer } from '../../cloud/src/api/answer/answers.ts';
import { batchOf, type TestApi } from '../../cloud/src/api/open-api.testing.ts';
import { launch, noBrowser, openPage } from '../../cloud/web/test/open-browser.ts';
import { timeAt } from '../../lab/bench/groundwater.ts';
import { getJson } from '../harness/program.ts';
import { openDemoApi } from './demo-api.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { newPrefix, openStore, removeAll } from './elasticsearch-stores.ts';

const node = noBrowser === undefined ? await startElasticsearch() : { missing: noBrowser };
const missing = 'missing' in node ? node.missing : undefined;
/** More than a chart draws one by one. */
const readings = 7_000;
const series = 'site=demo&sensor=borehole-1';

describe.skipIf(missing !== undefined)(`Elasticsearch${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in node) return;
  const prefix = newPrefix();
  const troubles: string[] = [];
  let api: TestApi;
  let browser: Browser;

  beforeAll(async () => {
    api = await openDemoApi({ store: await openStore(node.url, prefix), readings });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await removeAll(node.url, prefix);
    await node.close();
  });

  async function open(address: string, shown: string): Promise<Page> {
    const page = await openPage(browser, `${api.url}${address}`, { troubles });
    await page.locator(shown).first().waitFor();
    return page;
  }

  it('lists the fleet with its newest values', async () => {
    const page = await open('/', '.fleet tbody tr');
    const row = page.locator('.fleet tbody tr').first();
    await expect.poll(() => row.textContent()).toMatch(/Borehole 1.*m above datum/);
    await page.context().close();
  });

  it('draws the charts of a site, and its table holds the values of the API', async () => {
    const page = await open('/?site=demo&range=7d', '.plot[aria-label*=": 168 readings"]');
    expect(await page.locator('.hydrograph canvas').count()).toBe(5);
    await page.getByText('Readings of Borehole 1 as a table').click();
    const shown = page.locator('.readings tbody tr');
    await expect.poll(() => shown.count()).toBe(25);
    const from = new Date(timeAt(readings - 25)).toISOString();
    const answer = await getJson<ReadingsAnswer>(`${api.url}/api/v1/readings?${series}&from=${from}`);
    const columns = (await page.locator('.readings thead th').allTextContents()).slice(1);
    const at = columns.findIndex((title) => title.startsWith('Water level'));
    const levels = await shown.locator(`td:nth-of-type(${at + 1})`).allTextContents();
    expect(levels.map(Number)).toEqual(
      [...answer.readings].reverse().map(({ values }) => values.water_level),
    );
    await page.context().close();
  });

  it('draws a long range as stretches, and every reading after a zoom', async () => {
    const page = await open('/?site=demo&range=all', '.plot[aria-label*="stretches of readings"]');
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.locator('.plot[aria-label*=": 168 readings"]').first().waitFor();
    await page.context().close();
  });

  it('shows an event with its picture, and keeps what is said of it', async () => {
    const page = await open('/?view=events&event=e1', '.event-detail canvas');
    await page.getByLabel('True: it happened').check();
    await page.getByLabel('Note').fill('heavy rain');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => page.locator('.event-detail').textContent(), { timeout: 10_000 })
      .toMatch(/Judged true by .+: heavy rain/);
    expect((await api.store.events.get('e1'))!.feedback).toMatchObject({ note: 'heavy rain' });
    await page.context().close();
  });

  it('counts days and delays in the view of quality', async () => {
    const page = await open('/?view=quality&site=demo&sensor=borehole-1', '.calendar .day');
    await expect.poll(() => page.locator('main').textContent()).toContain('readings since 2017-01-01');
    await page.context().close();
  });

  it('shows operations', async () => {
    const page = await open('/?view=operations', '.operations .number');
    await page.context().close();
  });

  it('shows a new reading by itself', async () => {
    const page = await open('/?site=demo&range=7d', '.plot[aria-label*=": 168 readings"]');
    const named = { site: 'demo', sensor: 'borehole-1', properties: ['water_level'] };
    await api.take(batchOf(named, [{ seq: 3, measuredAt: timeAt(readings), values: [27.11] }]));
    const level = page.locator('.hydrograph', { hasText: 'Water level' }).locator('.readout');
    await expect.poll(() => level.textContent(), { timeout: 5_000 }).toContain('27.11 m above datum');
    await page.context().close();
  });

  it('broke no rule of the browser on the way, and the API met no error', () => {
    expect(troubles).toEqual([]);
    expect(api.errors).toEqual([]);
  });
});
