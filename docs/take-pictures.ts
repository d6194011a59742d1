// Takes the pictures of the docs from a running demo: npm run pictures -- http://127.0.0.1:8080
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const address = process.argv[2] ?? 'http://127.0.0.1:8080';
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const settleMs = 2_500;

if (!existsSync(executablePath)) {
  process.stderr.write(
    `There is no ${executablePath}; install Debian's package chromium, or name another in CHROMIUM.\n`,
  );
  process.exit(1);
}
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
/** The newest event of a kind, so that its picture shows one whatever the demo found. */
async function eventView(kind: string): Promise<string> {
  const { events } = (await (await fetch(`${address}/api/v1/events?kind=${kind}&limit=1`)).json()) as {
    events: readonly { readonly id: string }[];
  };
  return `/?view=events&event=${events[0]?.id ?? ''}`;
}

const charts = '/?site=demo&sensor=borehole-1&range=60d';
for (const { name, view, width, height, colorScheme } of [
  { name: 'dashboard', view: charts, width: 1400, height: 1060, colorScheme: 'light' },
  { name: 'dashboard-dark', view: charts, width: 1400, height: 1060, colorScheme: 'dark' },
  { name: 'dashboard-phone', view: charts, width: 390, height: 844, colorScheme: 'light' },
  { name: 'dashboard-fleet', view: '/', width: 1280, height: 620, colorScheme: 'light' },
  {
    name: 'dashboard-event',
    view: await eventView('process'),
    width: 1280,
    height: 900,
    colorScheme: 'light',
  },
  { name: 'dashboard-quality', view: '/?view=quality', width: 1280, height: 900, colorScheme: 'light' },
] as const) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  await page.goto(`${address}${view}`, { waitUntil: 'load' });
  await page.waitForSelector('h1', { timeout: 20_000 });
  await page.waitForTimeout(settleMs);
  const path = fileURLToPath(new URL(`pictures/${name}.png`, import.meta.url));
  await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
  await context.close();
}
await browser.close();
