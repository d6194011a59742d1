import { hourMs } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import type { DetectedEvent } from '../../event/event.ts';
import { explainEvent } from './explain.ts';

const start = Date.UTC(2026, 2, 1, 14);
const words = {
  sensor: 'Well 1',
  properties: new Map([
    ['water_level', { title: 'Water level', unit: 'm', resolution: 0.01 }],
    ['ph', { title: 'pH', unit: '' }],
    ['sec', { title: 'Conductance', unit: 'µS/cm', resolution: 1 }],
  ]),
};
const event: DetectedEvent = {
  kind: 'process',
  cause: 'spike',
  properties: ['water_level'],
  start,
  peak: start,
  end: start,
  decidedAt: start,
  value: 12.3,
  expected: 11.8049,
  score: 1.84,
  evidence: [],
};
const explain = (more: Partial<DetectedEvent> = {}) => explainEvent({ ...event, ...more }, words);

describe('an explanation', () => {
  it('says what, where, when, how much, and how far beyond', () => {
    expect(explain()).toBe(
      'Water level at Well 1 jumped on 2026-03-01 14:00 UTC: 12.30 m where 11.80 m was expected, 1.8 times the threshold; it was one reading.',
    );
  });

  it('says when it was farthest, how long it lasted, and what moved with it', () => {
    const text = explain({
      cause: 'shift',
      peak: start + hourMs,
      end: start + 5.5 * hourMs,
      properties: ['water_level', 'ph', 'sec'],
    });
    expect(text).toContain('12.30 m at its farthest on 2026-03-01 15:00 UTC where');
    expect(text).toContain(
      '; pH and Conductance moved with it; it lasted 5.5 h, until 2026-03-01 19:30 UTC.',
    );
  });

  it('says that it goes on, and who is at fault', () => {
    const { end: _, ...open } = event;
    expect(explainEvent({ ...open, kind: 'fault', cause: 'dropout', value: 0 }, words)).toBe(
      'Water level at Well 1 dropped out on 2026-03-01 14:00 UTC: 0.00 m where 11.80 m was expected; it goes on; the instrument is at fault, not the ground.',
    );
    expect(explain({ kind: 'maintenance' })).toContain('people were at work there');
  });

  it('makes do with what it knows', () => {
    const text = explain({ cause: 'odd', properties: ['x'], value: 123.456, expected: Number.NaN });
    expect(text).toContain('x at Well 1 showed “odd” on');
    expect(text).toContain(': 123.5, 1.8 times');
    expect(explain({ value: Number.NaN })).toContain('UTC, 1.8 times');
  });
});
