// What people say of events and write beside readings, in a real browser.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelsOf, recordLabels } from './canvas-labels.ts';
import { examine, noBrowser, wide } from './open-browser.ts';
import { openViews, type ViewsWorld } from './views-world.ts';

describe.skipIf(noBrowser !== undefined)(`what people say (${noBrowser ?? 'Chromium'})`, () => {
  let the: ViewsWorld;
  beforeAll(async () => {
    the = await openViews();
  }, 60_000);
  afterAll(() => the?.close());

  it('lists the events that a filter names', async () => {
    const page = await the.open('events');
    await page.getByLabel('Kind').selectOption('fault');
    await expect.poll(() => page.locator('.event-list li').count()).toBe(1);
    expect(await page.locator('.event-list').textContent()).toContain('out of water');
    await page.context().close();
  });

  it('keeps what somebody says of an event, and shows it', async () => {
    const page = await the.open('events');
    await page.getByLabel('True: it happened').check();
    await page.getByLabel('Note').fill('heavy rain');
    await page.getByRole('button', { name: 'Save' }).click();
    const detail = page.locator('.event-detail');
    await expect.poll(() => detail.textContent()).toMatch(/Judged true by .+: heavy rain/);
    expect((await the.api.store.events.get('one'))!.feedback).toMatchObject({
      verdict: 'true',
      note: 'heavy rain',
    });
    await page.context().close();
  });

  it('keeps what somebody writes beside the readings, shows it in list and chart, and takes it back', async () => {
    const page = await the.open('a site');
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
    const { annotations } = await the.api.store.annotations.find({ site: 'kent', withdrawn: true, limit: 9 });
    expect(annotations.map(({ text, withdrawn }) => [text, withdrawn?.by])).toEqual([
      ['The sonde was lifted.', 'this machine'],
      ['Snow on the ground.', undefined],
    ]);
    await page.context().close();
  });

  it('broke no rule of the browser on the way', () => {
    expect(the.troubles).toEqual([]);
  });
});

/** The text of what has the focus. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.textContent);
}
