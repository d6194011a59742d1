import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSensorTypes, readSensorTypes } from './sensor-types.ts';

const good = (type: string, title: string) =>
  `type: ${type}\ntitle: ${title}\nversion: 1\ninterval: 1h\nproperties: [{ name: level, title: Level, unit: m }]\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-types-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('knows the types that come with Wellhead', () => {
  const types = loadSensorTypes();
  expect([...types.keys()]).toContain('groundwater');
  for (const [name, type] of types) expect(type.type).toBe(name);
});

it('adds those of other folders, which may replace its own, the last folder first', () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(folder, 'mine.yaml'), good('mine', 'Mine'));
  writeFileSync(join(folder, 'groundwater.yml'), good('groundwater', 'First'));
  writeFileSync(join(folder, 'README.md'), 'no type');
  writeFileSync(join(other, 'groundwater.yaml'), good('groundwater', 'Second'));
  const types = loadSensorTypes([folder, other]);
  expect(types.get('mine')?.title).toBe('Mine');
  expect(types.get('groundwater')?.title).toBe('Second');
});

it('tells of every bad file and folder at once, and knows the good ones all the same', () => {
  writeFileSync(join(folder, 'a.yaml'), good('a', '""'));
  writeFileSync(join(folder, 'b.yaml'), 'type: [b');
  writeFileSync(join(folder, 'c.yaml'), good('c', 'C'));
  mkdirSync(join(folder, 'd.yaml'));
  const folders = [folder, join(folder, 'none')];
  const { types, problems } = readSensorTypes(folders);
  expect([...types.keys()]).toEqual(expect.arrayContaining(['groundwater', 'c']));
  expect(types.has('a')).toBe(false);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^a\.yaml: title/),
    expect.stringMatching(/^b\.yaml is not YAML/),
    expect.stringMatching(/^d\.yaml cannot be read/),
    expect.stringMatching(/none cannot be read/),
  ]);
  expect(() => loadSensorTypes(folders)).toThrow(
    expect.objectContaining({
      code: 'SENSOR_TYPE_UNREADABLE',
      message: expect.stringMatching(/a\.yaml.*b\.yaml.*d\.yaml.*none/s),
    }),
  );
});
