import { parseSensorType, parseSite } from '@wellhead/protocol';
import { expect, it } from 'vitest';
import { faultSourcesOf } from './fault-sources.ts';

const type = parseSensorType(
  `type: sonde
title: Sonde
version: 1
interval: 1h
properties:
  - { name: level, title: Level, unit: m, resolution: 0.01, faults: { step: 0.15, match: 0.1 } }
  - { name: ph, title: pH, unit: "" }
  - { name: state, title: State, unit: "", kind: text }
`,
  'sonde.yaml',
);
const site = parseSite(
  `site: kent
title: Kent
sensors:
  b1: { title: Well, faults: { level: { step: 0.3, drift: 0.05 } } }
maintenance:
  - { from: "2026-03-01T09:00Z", to: "2026-03-01T11:00Z", sensors: [b1] }
  - { from: "2026-04-01T09:00Z", to: "2026-04-01T11:00Z", sensors: [b2] }
  - { from: "2026-05-01T09:00Z", to: "2026-05-01T11:00Z" }
dips:
  - { sensor: b1, property: level, at: "2026-03-01T10:00Z", value: 12.31 }
  - { sensor: b2, property: level, at: "2026-03-01T10:00Z", value: 40 }
`,
  'kent.yaml',
);

it('takes settings of the type, and those of the site before them, key by key', () => {
  expect(faultSourcesOf('b1', type, site).properties).toEqual([
    {
      name: 'level',
      title: 'Level',
      unit: 'm',
      resolution: 0.01,
      settings: { step: 0.3, match: 0.1, drift: 0.05 },
    },
    { name: 'ph', title: 'pH', unit: '', settings: {} },
  ]);
  expect(faultSourcesOf('b2', type, site).properties[0]!.settings).toEqual({ step: 0.15, match: 0.1 });
});

it('takes maintenance and measurements by hand of the sensor, and those of all', () => {
  const { maintenance, dips } = faultSourcesOf('b1', type, site).context;
  expect(maintenance!.map(({ from }) => new Date(from).getUTCMonth())).toEqual([2, 4]);
  expect(dips).toEqual([{ sensor: 'b1', property: 'level', at: Date.UTC(2026, 2, 1, 10), value: 12.31 }]);
});

it('does without a site', () => {
  expect(faultSourcesOf('b1', type, undefined).context).toEqual({ maintenance: [], dips: [] });
});
