// The views beside the charts of one sensor, in a real browser over the real API and store.
import { loadSensorTypes } from '@wellhead/host';
import { hourMs, type Site } from '@wellhead/protocol';
import { tableFromIPC } from 'apache-arrow';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, openTestApi, type TestApi } from '../../src/api/open-api.testing.ts';
import { sampleAnnotation } from '../../src/store/annotation-store.testing.ts';
import { sampleEvent } from '../../src/store/event-store.testing.ts';
import { examine, launch, narrow, noBrowser, openPage, wide } from './open-browser.ts';

const start = Date.UTC(2026, 0, 1);
const hours = 24 * 40;
const properties = ['sec', 'water_level'];
const sites = new Map<string, Site>(
  [
    ['kent', 'Kent', 51.2, 0.7],
    ['fife', 'Fife', 56.3, -3.1],
  ].map(([site, title, latitude, longitude]) => [
    site as string,
    {
      site,
      title,
      location: { latitude, longitude },
      // Longer than a narrow page is wide: choices of sensors hold it.
      sensors: { well: { title: `Well in ${title}, behind the pumping house of the old waterworks` } },
    } as Site,
  ]),
);

const byHand = (day: number, value: number) => ({
  sensor: 'well',
  property: 'water_level',
  value,
  at: Date.UTC(2026, 0, day, 9),
});
sites.set('kent', {
  ...sites.get('kent')!,
  sensors: { well: { title: 'Well in Kent', datum: 'Ordnance Datum Newlyn' } },
  dips: [byHand(25, 28.31), byHand(20, 28.3), byHand(2, 27.9)],
});
sites.set('london', { site: 'london', title: 'London', timeZone: 'Europe/London', sensors: {} });

const reading = (i: number) => ({
  seq: i + 1,
  measuredAt: start + i * hourMs,
  values: [840 + (i % 9), Number((28 + Math.sin(i / 90) * 0.4).toFixed(2))],
});

/** Keeps what charts write on their canvas, from the next time the page is loaded on. */
async function recordLabels(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const labels = new Set<string>();
    Object.assign(globalThis, { labels });
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text: string, x: number, y: number) {
      labels.add(text);
      write.call(this, text, x, y);
    };
  });
}

/** What was written since it was last asked. */
function labelsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { labels } = globalThis as unknown as { labels: Set<string> };
    const all = [...labels];
    labels.clear();
    return all;
  });
}

/** Every view, by its name, with what shows that it is there. */
const views = {
  fleet: ['/', '.fleet tbody tr'],
  'a site': ['/?site=kent', '.annotations li'],
  events: ['/?view=events&event=one', '.event-detail canvas'],
  quality: ['/?view=quality&site=kent&sensor=well', '.calendar .day'],
  operations: ['/?view=operations', '.operations .number'],
} as const;

describe.skipIf(noBrowser !== undefined)(`the views (${noBrowser ?? 'Chromium'})`, () => {
  let api: TestApi;
  let browser: Browser;
  const troubles: string[] = [];

  beforeAll(async () => {
    api = await openTestApi({ types: loadSensorTypes(), sites });
    const readings = Array.from({ length: hours }, (_, i) => reading(i)).filter((_, i) => i < 500 || i > 530);
    for (const site of sites.keys())
      await api.take(batchOf({ site, sensor: 'well', properties }, readings, Date.now()));
    const own = { site: 'kent', sensors: ['well'], explanation: 'Water level at Well in Kent jumped.' };
    const events = [
      sampleEvent('one', 600, { ...own, isOpen: true }),
      sampleEvent('two', 300, { ...own, kind: 'fault', cause: 'out-of-water' }),
    ];
    await api.store.events.replace([{ site: 'kent', sensor: 'well', from: 0, to: start * 2, events }], start);
    await api.store.annotations.add(
      sampleAnnotation('snow', 500, { site: 'kent', sensor: null, hours: 100, text: 'Snow on the ground.' }),
    );
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const open = async (name: keyof typeof views, more: object = {}): Promise<Page> => {
    const page = await openPage(browser, `${api.url}${views[name][0]}`, { troubles, ...more });
    await page.locator(views[name][1]).first().waitFor();
    return page;
  };

  it.each(Object.keys(views) as (keyof typeof views)[])(
    '%s: no accessibility violation and nothing cut, light and dark, wide and narrow',
    async (name) => {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const viewport of [wide, narrow]) {
          const page = await open(name, { colorScheme, viewport });
          expect(await examine(page)).toEqual({ violations: [], overflow: 0 });
          await page.context().close();
        }
    },
  );

  it('a site that is not there is named, and is no reason to say that there are no sensors', async () => {
    const page = await openPage(browser, `${api.url}/?site=essex`, { troubles });
    await page.getByText('There is no site essex with sensors.').waitFor();
    await page.getByRole('link', { name: 'Choose from the fleet.' }).click();
    await page.locator('.fleet tbody tr').first().waitFor();
    await page.context().close();
  });

  it('the fleet begins with the sensor that needs somebody, and filters by words', async () => {
    const page = await open('fleet');
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

  it('leads by keyboard alone from the fleet to a site, its event and back', async () => {
    const page = await open('fleet');
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
    const page = await open('fleet');
    const place = (name: string) => page.locator('.fleet-map a', { hasText: name }).boundingBox();
    expect((await place('Fife'))!.y).toBeLessThan((await place('Kent'))!.y);
    await page.context().close();
  });

  it('a table beside the charts holds the same values', async () => {
    const page = await open('a site');
    await page.getByText('Readings of Well in Kent as a table').click();
    const rows = page.locator('.readings tbody tr');
    await expect.poll(() => rows.count()).toBe(25);
    expect(await rows.first().textContent()).toContain('2026-02-09 23:00 UTC');
    await page.getByRole('button', { name: 'Older' }).click();
    await expect.poll(() => rows.first().textContent()).toContain('2026-02-08 22:00 UTC');
    await page.context().close();
  });

  it('shows what was measured by hand, and above what datum levels are', async () => {
    const page = await open('a site');
    await page.addInitScript(() => {
      const { arc } = CanvasRenderingContext2D.prototype;
      const page = Object.assign(globalThis, { rings: 0 });
      CanvasRenderingContext2D.prototype.arc = function ring(...circle) {
        if (circle[2] === 6 * devicePixelRatio) page.rings++;
        arc.apply(this, circle);
      };
    });
    await page.goto(`${api.url}/?site=kent&sensor=well`);
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
    const page = await open('a site');
    const csv = await page.getByRole('link', { name: 'CSV of this range' }).getAttribute('href');
    const lines = (await (await fetch(`${api.url}${csv}`)).text()).trim().split('\n');
    expect(lines.filter((line) => line.startsWith('2026-'))).toHaveLength(30 * 24 - 31);
    const arrow = await page.getByRole('link', { name: 'Arrow' }).getAttribute('href');
    const stream = await fetch(`${api.url}${arrow}`);
    expect(stream.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
    expect(tableFromIPC(new Uint8Array(await stream.arrayBuffer())).numRows).toBe(30 * 24 - 31);
    await page.getByText('Python', { exact: true }).click();
    expect(await page.getByLabel('The same in Python').inputValue()).toContain(
      `pd.read_csv("${api.url}${csv}"`,
    );
    await page.context().close();
  });

  it('gives all sensors of a site in one file', async () => {
    for (const sensor of ['east', 'west'])
      await api.take(batchOf({ site: 'pair', sensor, properties }, [reading(0), reading(1)], Date.now()));
    const page = await openPage(browser, `${api.url}/?site=pair`, { troubles });
    const link = page.getByRole('link', { name: 'CSV of all sensors' });
    const csv = await (await fetch(`${api.url}${await link.getAttribute('href')}`)).text();
    const sensors = csv.split('\n').map((line) => line.split(',')[0]);
    expect(sensors).toEqual(['sensor', 'east', 'east', 'west', 'west', '']);
    await page.context().close();
    const alone = await open('a site');
    expect(await alone.getByRole('link', { name: 'CSV of all sensors' }).count()).toBe(0);
    await alone.context().close();
  });

  it('draws a long range as stretches, and every reading after a zoom', async () => {
    const many = Array.from({ length: 8_000 }, (_, i) => ({
      ...reading(i),
      measuredAt: start + i * 600_000,
    }));
    await api.take(batchOf({ site: 'long', sensor: 'well', properties }, many, Date.now()));
    const page = await openPage(browser, `${api.url}/?site=long&range=all`, { troubles });
    await page.locator('.plot[aria-label*="stretches of readings"]').first().waitFor();
    const found = await page.locator('.readout').first().textContent();
    expect(found).toMatch(/84\d to 84\d µS\/cm/);
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.locator('.plot[aria-label*=": 1008 readings"]').first().waitFor();
    await page.context().close();
  });

  it('times are UTC unless the reader asks for those of the place', async () => {
    const page = await open('events', { timezoneId: 'Asia/Kolkata' });
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
    await api.take(batchOf({ site: 'london', sensor: 'sonde', properties }, night, Date.now()));
    const iso = (hoursAfter: number) => new Date(springForward + hoursAfter * hourMs).toISOString();
    const page = await openPage(
      browser,
      `${api.url}/?site=london&sensor=sonde&zone=local&from=${iso(-3)}&to=${iso(3)}`,
      {
        troubles,
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

  it('colours follow the reader’s choice, and keep it', async () => {
    const page = await open('fleet', { colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByLabel('Colours').selectOption('dark');
    await expect.poll(ground).not.toBe(light);
    const dark = await ground();
    await page.reload();
    await expect.poll(ground).toBe(dark);
    await page.context().close();
  });

  it('lists the events that a filter names', async () => {
    const page = await open('events');
    await page.getByLabel('Kind').selectOption('fault');
    await expect.poll(() => page.locator('.event-list li').count()).toBe(1);
    expect(await page.locator('.event-list').textContent()).toContain('out of water');
    await page.context().close();
  });

  it('keeps what somebody says of an event, and shows it', async () => {
    const page = await open('events');
    await page.getByLabel('True: it happened').check();
    await page.getByLabel('Note').fill('heavy rain');
    await page.getByRole('button', { name: 'Save' }).click();
    const detail = page.locator('.event-detail');
    await expect.poll(() => detail.textContent()).toMatch(/Judged true by .+: heavy rain/);
    expect((await api.store.events.get('one'))!.feedback).toMatchObject({
      verdict: 'true',
      note: 'heavy rain',
    });
    await page.context().close();
  });

  it('keeps what somebody writes beside the readings, shows it in list and chart, and takes it back', async () => {
    const page = await open('a site');
    await recordLabels(page);
    await page.reload();
    const notes = page.locator('.annotations li');
    await expect
      .poll(() => notes.allTextContents())
      .toEqual([expect.stringContaining('Snow on the ground.')]);
    expect(await labelsOf(page)).toContain('#1');

    const plot = page.locator('.hydrograph', { hasText: 'Water level' });
    const { width, height } = (await plot.locator('.u-over').boundingBox())!;
    await plot.locator('.u-over').click({ position: { x: width * 0.9, y: height / 2 } });
    await page.getByLabel('About').selectOption('Well in Kent, Water level');
    await page.getByRole('textbox', { name: 'Text' }).fill('The sonde was lifted.');
    await page.getByLabel('At the cursor: 2026-02-06').check();
    await page.getByRole('button', { name: 'Write' }).press('Enter');
    await expect.poll(() => notes.count()).toBe(2);
    // The keyboard keeps its place.
    expect(await focused(page)).toBe('Write');
    expect(await notes.first().textContent()).toMatch(
      /^#1The sonde was lifted\.Well in Kent, Water level · 2026-02-06 .+ UTC · written by this machine/,
    );
    await expect.poll(() => labelsOf(page)).toContain('#2');
    expect(await examine(page)).toEqual({ violations: [], overflow: 0 });

    await page.getByRole('button', { name: 'Show #1 in the charts' }).press('Enter');
    await expect.poll(() => plot.locator('.readout').textContent()).toContain('#1 The sonde was lifted.');
    // It is about the water level alone.
    const other = page.locator('.hydrograph').filter({ hasNotText: 'Water level' });
    expect(await other.locator('.readout').textContent()).not.toContain('lifted');
    await plot.locator('.plot').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => page.locator('[aria-live]').last().textContent())
      .toContain('annotation #1: The sonde was lifted.');

    await page.getByRole('button', { name: 'Withdraw #1' }).press('Enter');
    await expect.poll(() => notes.count()).toBe(1);
    await page.getByText('#1 is withdrawn.').waitFor();
    expect(await focused(page)).toBe('Annotations');
    await page.keyboard.press('Escape');
    await labelsOf(page);
    await page.setViewportSize({ ...wide, width: wide.width - 50 });
    await expect.poll(() => labelsOf(page)).toContain('#1');
    expect(await labelsOf(page)).not.toContain('#2');
    const { annotations } = await api.store.annotations.find({ site: 'kent', withdrawn: true, limit: 9 });
    expect(annotations.map(({ text, withdrawn }) => [text, withdrawn?.by])).toEqual([
      ['The sonde was lifted.', 'this machine'],
      ['Snow on the ground.', undefined],
    ]);
    await page.context().close();
  });

  it('lists messages that could not be taken, with why', async () => {
    const topic = 'wellhead/1/kent/gw1/data';
    await api.deadLetters.keep({
      topic,
      reason: 'bad-batch',
      detail: 'no checksum',
      payload: Buffer.from('x'),
    });
    const page = await open('operations');
    await page.getByText('no checksum').waitFor();
    await page.context().close();
  });

  it('counts days, delays and holes', async () => {
    const page = await open('quality');
    const text = page.locator('main');
    await expect.poll(() => text.textContent()).toContain('3 of 40 days lack readings');
    expect(await text.textContent()).toContain('31 missing');
    await expect.poll(() => text.textContent()).toContain('929 readings since');
    await page.context().close();
  });

  it('says so where the server is gone, and comes back by itself', async () => {
    const page = await open('fleet');
    await page.route('**/api/v1/**', (route) => route.abort());
    const refused = openPage(browser, 'about:blank', { troubles: [] });
    await (await refused).context().close();
    await page.reload();
    await page.getByText('The server cannot be reached. Nothing can be shown yet').waitFor();
    await page.unroute('**/api/v1/**');
    await page.locator('.fleet tbody tr').first().waitFor({ timeout: 10_000 });
    // What the browser said of the refused requests was meant.
    troubles.length = 0;
    await page.context().close();
  });

  it('opens without the server once it was there', async () => {
    const other = await openTestApi({ types: loadSensorTypes(), sites });
    await other.take(batchOf({ site: 'kent', sensor: 'well', properties }, [reading(0)], Date.now()));
    const page = await openPage(browser, other.url, { troubles: [] });
    await page.locator('.fleet tbody tr').first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await other.close();
    await page.reload();
    await page.getByText('The server cannot be reached').waitFor();
    expect(await page.locator('.top').textContent()).toContain('Fleet');
    await page.context().close();
  });

  it('broke no rule of the browser on the way', () => {
    expect(troubles).toEqual([]);
  });
});

/** The text of what has the focus. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.textContent);
}
