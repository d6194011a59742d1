// Takes the pictures of the docs from a running demo: npm run pictures -- http://127.0.0.1:8080
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const address = `${process.argv[2] ?? 'http://127.0.0.1:8080'}/?range=60d`;
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
for (const { name, width, height, colorScheme } of [
  { name: 'dashboard', width: 1400, height: 900, colorScheme: 'light' },
  { name: 'dashboard-dark', width: 1400, height: 900, colorScheme: 'dark' },
  { name: 'dashboard-phone', width: 390, height: 844, colorScheme: 'light' },
] as const) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForSelector('canvas', { timeout: 20_000 });
  await page.waitForTimeout(settleMs);
  const path = fileURLToPath(new URL(`pictures/${name}.png`, import.meta.url));
  await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
  await context.close();
}
await browser.close();
