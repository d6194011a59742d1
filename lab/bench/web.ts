// The dashboard in a real browser: first paint of a fleet and of a long record, zooming, and what is loaded for it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, blockOf, encodeBatch, encodeBlock, type Row as ReadingRow } from '@wellhead/protocol';
import { type Browser, chromium, type Page } from 'playwright-core';
import { makeFolder, type Program, startProgram, until } from '../../test/harness/program.ts';
import { publishRaw } from '../../test/harness/raw-publisher.ts';
import { blockAt, valuesAt } from './groundwater.ts';
import { figure, type Row } from './row.ts';

const sites = 250;
const sensorsPerSite = 20;
/** Five years of quarters of an hour. */
const longReadings = 5 * 365 * 96;
const quarterMs = 900_000;
const perBlock = 1_000;
const longSensors = ['a', 'b'] as const;
const longProperties = ['sec', 'water_level', 'water_temperature'] as const;
const charts = longSensors.length * longProperties.length;
const runs = 5;

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const web: Row = {
  ids: [
    'web.first-view-bytes',
    'web.fleet-first-paint-ms',
    'web.site-first-paint-ms',
    'web.zoom-ms',
    'web.zoom-fine-ms',
  ],
  title: 'the dashboard in Chromium',
  async run(say) {
    const folder = makeFolder('bench-web');
    writeSites(join(folder.path, 'sites'));
    const cloud = await startProgram('cloud', folder.path, {
      data: './cloud',
      sites: './sites',
      broker: { port: 0 },
      http: { port: 0 },
      analysis: { every: '1h' },
    });
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: browserArguments,
    });
    try {
      say('readings');
      await publishFleet(cloud);
      await publishLong(cloud);
      await until('the store', async () => (await lag(cloud)) === 0, 300_000, 200);
      say('fleet');
      const fleet = await repeat(() => openFleet(browser, cloud));
      say('site');
      const site = await repeat(() => openLong(browser, cloud));
      const sensors = sites * sensorsPerSite;
      return [
        figure(
          'web.first-view-bytes',
          fleet.map(({ bytes }) => bytes),
          'bytes',
          'bar 61,440; all JavaScript of the first view, gzipped',
        ),
        figure(
          'web.fleet-first-paint-ms',
          fleet.map(({ ms }) => ms),
          'ms',
          `bar 1,500; ${sensors} sensors, from opening the address to the table`,
        ),
        figure(
          'web.site-first-paint-ms',
          site.map(({ ms }) => ms),
          'ms',
          `bar 1,500; ${charts} series of ${longReadings} readings each`,
        ),
        figure(
          'web.zoom-ms',
          site.map(({ zoomMs }) => zoomMs),
          'ms',
          'bar 200; from the click to all charts at the new range, of what the page holds',
        ),
        figure(
          'web.zoom-fine-ms',
          site.map(({ fineMs }) => fineMs),
          'ms',
          'from the click to all charts at the finer grain, thinned anew by the store',
        ),
      ];
    } finally {
      await browser.close();
      await cloud.kill();
      folder.remove();
    }
  },
};

async function repeat<T>(once: () => Promise<T>): Promise<T[]> {
  // The first warms the files of the program, not those of the browser: each run has a new profile.
  await once();
  const all: T[] = [];
  for (let run = 0; run < runs; run++) all.push(await once());
  return all;
}

async function openFleet(browser: Browser, cloud: Program): Promise<{ ms: number; bytes: number }> {
  const { page, ms } = await openPage(browser, `http://127.0.0.1:${cloud.said.http}/`, '.fleet tbody tr', 1);
  const bytes = await page.evaluate<number>(`performance.getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`);
  await page.context().close();
  return { ms, bytes };
}

async function openLong(
  browser: Browser,
  cloud: Program,
): Promise<{ ms: number; zoomMs: number; fineMs: number }> {
  const address = `http://127.0.0.1:${cloud.said.http}/?site=long&range=all`;
  const { page, ms } = await openPage(browser, address, '.plot[aria-label*="stretches of readings"]', charts);
  const [zoomMs, fineMs] = await page.evaluate<readonly [number, number]>(`(async () => {
    const { search } = location;
    const stack = document.querySelector('.charts');
    const started = performance.now();
    document.querySelector('[aria-label="Zoom in"]').click();
    while (location.search === search || stack.getAttribute('aria-busy') !== 'true')
      await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const moved = performance.now() - started;
    while (stack.getAttribute('aria-busy') === 'true') await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return [moved, performance.now() - started];
  })()`);
  await page.context().close();
  return { ms, zoomMs, fineMs };
}

/** Opens an address in a profile of its own, and says when the last of what is waited for was painted. */
async function openPage(
  browser: Browser,
  address: string,
  selector: string,
  count: number,
): Promise<{ page: Page; ms: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  // Counted from the beginning of the navigation. As texts, for these run in the page and not here.
  const ms = await page.evaluate<number>(`(async () => {
    while (document.querySelectorAll(${JSON.stringify(selector)}).length < ${count})
      await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now();
  })()`);
  return { page, ms };
}

function writeSites(folder: string): void {
  mkdirSync(folder);
  for (let site = 0; site < sites; site++) {
    const place = `location: { latitude: ${50 + (site % 25) / 5}, longitude: ${-4 + Math.floor(site / 25) / 2} }`;
    writeFileSync(join(folder, `site-${site}.yaml`), `site: site-${site}\ntitle: Site ${site}\n${place}\n`);
  }
}

async function publishFleet({ said }: Program): Promise<void> {
  await publishRaw({
    port: said.broker as number,
    count: sites,
    inFlight: 8,
    message: (site) => {
      const blocks = Array.from({ length: sensorsPerSite }, (_, i) => encodeBlock(blockAt(`s${i}`, i, 2)));
      const head = { site: `site-${site}`, gateway: 'gw', origin: `o${site}`, lane: 'live' as const };
      return { topic: `wellhead/1/site-${site}/gw/data`, payload: encodeBatch({ ...head, blocks }) };
    },
  });
}

async function publishLong({ said }: Program): Promise<void> {
  const blocks = Math.ceil(longReadings / perBlock);
  await publishRaw({
    port: said.broker as number,
    count: blocks * longSensors.length,
    inFlight: 8,
    message: (i) => {
      const sensor = longSensors[i % longSensors.length]!;
      const block = encodeBlock(longBlock(sensor, Math.floor(i / longSensors.length) * perBlock));
      const head = { site: 'long', gateway: 'gw', origin: `o-${sensor}`, lane: 'historical' as const };
      return { topic: 'wellhead/1/long/gw/data', payload: encodeBatch({ ...head, blocks: [block] }) };
    },
  });
}

function longBlock(sensor: string, first: number): Block {
  const start = Date.UTC(2020, 0, 1);
  const rows = Array.from({ length: Math.min(perBlock, longReadings - first) }, (_, i): ReadingRow => {
    const measuredAt = start + (first + i) * quarterMs;
    const values = valuesAt((first + i) >> 2);
    return {
      seq: first + i + 1,
      revision: 0,
      measuredAt,
      receivedAt: measuredAt + 5,
      clock: 1,
      timeFlag: 1,
      timeCause: 0,
      values: longProperties.map((name) => values[name]),
      flags: longProperties.map(() => 1),
      causes: longProperties.map(() => 0),
    };
  });
  return blockOf({ sensor, type: 'groundwater', rules: 'groundwater@1', properties: longProperties }, rows);
}

async function lag({ said }: Program): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${said.http}/metrics`)).text();
  return Number(/^wellhead_cloud_log_lag_entries (.*)$/m.exec(text)?.[1] ?? Number.NaN);
}
