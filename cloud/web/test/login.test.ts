// Logging in, in a real browser: a cloud that asks for tokens shows nothing before, and a viewer may not judge or write.
import { loadSensorTypes } from '@wellhead/host';
import { MemoryLevel } from 'memory-level';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccess } from '../../src/access/open-access.ts';
import { batchOf, openTestApi, type TestApi } from '../../src/api/open-api.testing.ts';
import { sampleAnnotation } from '../../src/store/annotation-store.testing.ts';
import { sampleEvent } from '../../src/store/event-store.testing.ts';
import { examine, launch, noBrowser, openPage } from './open-browser.ts';

const start = Date.UTC(2026, 0, 1);

describe.skipIf(noBrowser !== undefined)(`logging in (${noBrowser ?? 'Chromium'})`, () => {
  let api: TestApi;
  let browser: Browser;
  let token: string;

  beforeAll(async () => {
    const db = new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
    const access = await openAccess({
      db,
      host: '0.0.0.0',
      access: undefined,
      now: Date.now,
      onDropped: () => undefined,
      onSetUp: () => undefined,
    });
    token = (await access.tokens.create('ann', 'viewer'))!.text;
    api = await openTestApi({ types: loadSensorTypes(), access });
    const reading = { seq: 1, measuredAt: start, values: [28] };
    await api.take(
      batchOf({ site: 'kent', sensor: 'well', properties: ['water_level'] }, [reading], Date.now()),
    );
    const events = [sampleEvent('one', 0, { site: 'kent', sensors: ['well'] })];
    await api.store.events.replace([{ site: 'kent', sensor: 'well', from: 0, to: start * 2, events }], start);
    await api.store.annotations.add(sampleAnnotation('note', 0, { site: 'kent', sensor: 'well' }));
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  it('shows the fleet after the right token only, and to a viewer no form for verdicts or annotations', async () => {
    // Refused requests are said in the console; they are meant here.
    const page = await openPage(browser, 'about:blank', { troubles: [] });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(api.url);
    const field = page.getByLabel('Token');
    await field.waitFor();
    expect(await examine(page)).toEqual({ violations: [], overflow: 0 });
    expect(await page.locator('.fleet').count()).toBe(0);
    // A token has 48 characters.
    expect((await field.boundingBox())!.width).toBeGreaterThan(400);
    // Nothing is listened to yet, so nothing can be lost.
    expect(asked.filter((path) => path.startsWith('/api/v1/live'))).toEqual([]);
    expect(await page.locator('.connection').count()).toBe(0);
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Copy it once more').waitFor();
    await field.fill(token);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('.fleet tbody tr').waitFor();
    await page.locator('.connection.live').waitFor();
    await page.goto(`${api.url}/?view=events&event=one`);
    await page.locator('.evidence').waitFor();
    expect(await page.getByText('What was it?').count()).toBe(0);
    await page.goto(`${api.url}/?site=kent`);
    await page.getByText('The sonde was lifted.').waitFor();
    expect(await page.getByRole('button', { name: 'Show #1 in the charts' }).count()).toBe(1);
    expect(await page.getByRole('button', { name: /Withdraw|Write/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Log out' }).click();
    await field.waitFor();
    await page.context().close();
  });
});
