// Parts of a gateway for the tests of its rooms: a sensor type, a journal in memory.

import type { KeyValueDb } from '@wellhead/host';
import { parseSensorType, type SensorType } from '@wellhead/protocol';
import { MemoryLevel } from 'memory-level';
import { strictReports } from './journal/journal.testing.ts';
import { type Journal, openJournal } from './journal/journal.ts';

export const sonde: SensorType = parseSensorType(
  `
type: sonde
title: Sonde
version: 1
interval: 1h
properties:
  - { name: level, title: Level, unit: m }
  - { name: ph, title: pH, unit: "", missing: ["(na)"] }
`,
  'sonde.yaml',
);

export function memory(): KeyValueDb {
  return new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });
}

export function openTestJournal(db: KeyValueDb): Promise<Journal> {
  return openJournal({
    db,
    newOrigin: () => 'aa',
    defer: setImmediate,
    ...strictReports,
  });
}
