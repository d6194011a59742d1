// A real browser for the tests of the page, and what every view must hold.
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why there is none; undefined where there is one. */
export const noBrowser = existsSync(executablePath) ? undefined : `there is no browser at ${executablePath}`;

export const wide = { width: 1280, height: 900 };
export const narrow = { width: 390, height: 844 };

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly timezoneId?: string;
  /** Hears what the browser complains of. */
  readonly troubles: string[];
}

/** A page in a profile of its own. */
export async function openPage(browser: Browser, address: string, options: OpenOptions): Promise<Page> {
  const { troubles, colorScheme = 'light', viewport = wide, ...more } = options;
  const context = await browser.newContext({ colorScheme, viewport, ...more });
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(address);
  return page;
}

/** Violations of the rules of accessibility, and how many pixels stand out at the side. */
export async function examine(page: Page): Promise<{ violations: string[]; overflow: number }> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations: found } = await tool.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  // As text: tests of real servers use this too, and know no types of a page.
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return { violations, overflow };
}
