// Three sites over the real API and store, in a real browser, for the tests of the views.
import { loadSensorTypes } from '@wellhead/host';
import { hourMs, type Site } from '@wellhead/protocol';
import type { Page } from 'playwright-core';
import { batchOf, openTestApi } from '../../src/api/open-api.testing.ts';
import { sampleAnnotation } from '../../src/store/annotation-store.testing.ts';
import { sampleEvent } from '../../src/store/event-store.testing.ts';
import { launch, openPage } from './open-browser.ts';

export const start = Date.UTC(2026, 0, 1);
export const hours = 24 * 40;
export const properties = ['sec', 'water_level'];
export const sites = new Map<string, Site>(
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

export const reading = (i: number) => ({
  seq: i + 1,
  measuredAt: start + i * hourMs,
  values: [840 + (i % 9), Number((28 + Math.sin(i / 90) * 0.4).toFixed(2))],
});

/** Every view, by its name, with what shows that it is there. */
export const views = {
  fleet: ['/', '.fleet tbody tr'],
  'a site': ['/?site=kent', '.annotations li'],
  events: ['/?view=events&event=one', '.event-detail canvas'],
  quality: ['/?view=quality&site=kent&sensor=well', '.calendar .day'],
  operations: ['/?view=operations', '.operations .number'],
} as const;

export type ViewsWorld = Awaited<ReturnType<typeof openViews>>;

export async function openViews() {
  const troubles: string[] = [];
  const api = await openTestApi({ types: loadSensorTypes(), sites });
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
  const browser = await launch();
  return {
    api,
    browser,
    /** What the browser complained of. */
    troubles,
    async open(name: keyof typeof views, more: object = {}): Promise<Page> {
      const page = await openPage(browser, `${api.url}${views[name][0]}`, { troubles, ...more });
      await page.locator(views[name][1]).first().waitFor();
      return page;
    },
    async close(): Promise<void> {
      await browser.close();
      await api.close();
    },
  };
}
