import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { indexNames, indexOfMonth } from '../open/index-names.ts';
import { readingMapping } from '../open/mapping.ts';

const objectSchema = z.object({
  id: z.string().startsWith('wellhead-'),
  type: z.enum(['index-pattern', 'visualization', 'search', 'dashboard']),
  attributes: z.record(z.string(), z.unknown()),
  references: z.array(z.object({ name: z.string(), type: z.string(), id: z.string() })),
});
type SavedObject = z.infer<typeof objectSchema>;

const lines = readFileSync(new URL('./overview.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const objects = lines.map((line) => objectSchema.parse(JSON.parse(line)));
const ofType = (type: SavedObject['type']) => objects.filter((object) => object.type === type);

/** Keys of attributes that hold JSON as text. */
function inner(object: SavedObject, key: string): Record<string, unknown> & unknown[] {
  return JSON.parse(z.string().parse(object.attributes[key]));
}

function searchSource({ attributes }: SavedObject): { indexRefName?: string; query: { query: string } } {
  const { searchSourceJSON } = attributes.kibanaSavedObjectMeta as { searchSourceJSON: string };
  return JSON.parse(searchSourceJSON);
}

const groundwater = readFileSync(
  new URL('../../../../../protocol/sensor-types/groundwater.yaml', import.meta.url),
  'utf8',
);

function isInMapping(field: string): boolean {
  if (Object.hasOwn(readingMapping.properties, field)) return true;
  const [folder, property, ...rest] = field.split('.');
  const isDynamic = readingMapping.dynamic_templates.some((template) => Object.hasOwn(template, folder!));
  return isDynamic && rest.length === 0 && new RegExp(`\\b${property}\\b`).test(groundwater);
}

describe('the saved objects for Kibana', () => {
  it('have ids of their own, and come after what they refer to', () => {
    expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length);
    const before = new Set<string>();
    for (const { id, type, references } of objects) {
      for (const reference of references) expect(before).toContain(`${reference.type}/${reference.id}`);
      before.add(`${type}/${id}`);
    }
  });

  it('have a data view that finds the months, and nothing else', () => {
    const [view, ...others] = ofType('index-pattern');
    expect(others).toEqual([]);
    expect(view!.attributes).toMatchObject({
      title: indexNames('wellhead').readings,
      timeFieldName: '@timestamp',
    });
    expect(indexOfMonth(indexNames('wellhead'), '2026.01')).toMatch(/^wellhead-readings-/);
    expect(indexNames('wellhead').series).not.toMatch(/^wellhead-readings-/);
  });

  it('resolve every name inside to a reference', () => {
    for (const object of [...ofType('visualization'), ...ofType('search')]) {
      const { indexRefName } = searchSource(object);
      expect(object.references.map(({ name }) => name)).toEqual([indexRefName]);
    }
    const [dashboard] = ofType('dashboard');
    const panels = z
      .array(z.object({ panelIndex: z.string(), panelRefName: z.string(), type: z.string() }))
      .parse(inner(dashboard!, 'panelsJSON'));
    expect(
      panels.map(({ panelIndex, panelRefName, type }) => [`${panelIndex}:${panelRefName}`, type]),
    ).toEqual(dashboard!.references.map(({ name, type }) => [name, type]));
    expect(panels).toHaveLength(ofType('visualization').length + ofType('search').length);
  });

  it('ask only for fields that the mapping has', () => {
    const fields = new Set<string>();
    for (const object of ofType('visualization')) {
      const { aggs } = z
        .object({ aggs: z.array(z.object({ params: z.object({ field: z.string().optional() }) })) })
        .parse(inner(object, 'visState'));
      for (const { params } of aggs) if (params.field !== undefined) fields.add(params.field);
    }
    for (const object of ofType('search')) {
      for (const column of z.array(z.string()).parse(object.attributes.columns)) fields.add(column);
    }
    for (const object of [...ofType('visualization'), ...ofType('search')]) {
      for (const [, field] of searchSource(object).query.query.matchAll(/([\w.@]+):/g)) fields.add(field!);
    }
    expect(fields.size).toBeGreaterThan(8);
    expect([...fields].filter((field) => !isInMapping(field))).toEqual([]);
  });
});
