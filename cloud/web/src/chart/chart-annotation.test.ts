import { expect, it } from 'vitest';
import type { AnnotationAnswer } from '../../../src/api/answer/answers.ts';
import { annotationsAt, chartAnnotations } from './chart-annotation.ts';

const iso = (time: number) => new Date(time).toISOString();

function annotation(id: string, more: Partial<AnnotationAnswer> = {}): AnnotationAnswer {
  return {
    id,
    site: 'kent',
    sensor: 'well',
    property: null,
    from: iso(0),
    to: null,
    text: id,
    author: 'ann',
    at: iso(0),
    withdrawn: null,
    ...more,
  };
}

it('a chart shows those of its sensor and of the whole site, of its property or of none, by their name in the list', () => {
  const shown = chartAnnotations(
    [
      annotation('other sensor', { sensor: 'mast' }),
      annotation('site', { sensor: null }),
      annotation('other property', { property: 'ph' }),
      annotation('property', { property: 'level' }),
    ],
    { sensor: 'well', property: 'level' },
  );
  expect(shown.map(({ name, text }) => `${name} ${text}`)).toEqual(['#2 site', '#4 property']);
});

it('a moment holds at the point nearest to it, a span at all it reaches up to, and one between two points at the nearer', () => {
  const points = [0, 10, 20, 30].map((time) => ({ time, value: 1, flag: 1, cause: undefined }));
  const all = chartAnnotations(
    [
      annotation('moment', { from: iso(12) }),
      annotation('span', { from: iso(10), to: iso(30) }),
      annotation('short', { from: iso(16), to: iso(18) }),
    ],
    { sensor: 'well', property: 'level' },
  );
  const textsAt = (at: number | undefined) => annotationsAt(all, points, at).map(({ text }) => text);
  expect([0, 1, 2, 3, undefined].map(textsAt)).toEqual([[], ['moment', 'span'], ['span', 'short'], [], []]);
});
