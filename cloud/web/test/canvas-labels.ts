// What charts write on their canvas.
import type { Page } from 'playwright-core';

/** Keeps what charts write on their canvas, from the next time the page is loaded on. */
export async function recordLabels(page: Page): Promise<void> {
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
export function labelsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { labels } = globalThis as unknown as { labels: Set<string> };
    const all = [...labels];
    labels.clear();
    return all;
  });
}
