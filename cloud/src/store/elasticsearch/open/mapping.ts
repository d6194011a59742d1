// What Elasticsearch can search and average of readings and of what is held beside them, and what it only keeps.
import { annotationMapping, eventMapping, feedbackMapping } from './beside-mappings.ts';
import type { IndexNames } from './index-names.ts';

/** Raised whenever a template below changes; a template of a higher version is refused. */
export const templateVersion = 1;

/**
 * How Elasticsearch reads a reading. Strict: a field that is not here is a mistake, not a new field. Only the
 * properties of sensors may add fields, each in its three folders. Numbers and flags are columns without a search
 * tree: they are averaged and charted, and a search for them is always within some sensors and some time.
 */
export const readingMapping = {
  dynamic: 'strict',
  dynamic_templates: [
    {
      values: {
        path_match: 'values.*',
        match_mapping_type: '*',
        mapping: { type: 'double', index: false },
      },
    },
    {
      flags: { path_match: 'flags.*', match_mapping_type: '*', mapping: { type: 'byte', index: false } },
    },
    {
      causes: { path_match: 'causes.*', match_mapping_type: '*', mapping: { type: 'keyword' } },
    },
  ],
  properties: {
    '@timestamp': { type: 'date', format: 'epoch_millis' },
    /** The exact time: dates hold whole milliseconds only. Readings are ordered by it. */
    measuredAtMs: { type: 'double' },
    receivedAt: { type: 'date', format: 'epoch_millis' },
    storedAt: { type: 'date', format: 'epoch_millis' },
    /** Hash of site, origin and sensor: one term to count a series by. */
    series: { type: 'keyword' },
    site: { type: 'keyword' },
    sensor: { type: 'keyword' },
    gateway: { type: 'keyword' },
    type: { type: 'keyword' },
    origin: { type: 'keyword' },
    seq: { type: 'long', index: false },
    seqIsTime: { type: 'boolean', index: false },
    revision: { type: 'long', index: false },
    rules: { type: 'keyword', index: false },
    historical: { type: 'boolean' },
    clock: { type: 'keyword' },
    timeFlag: { type: 'byte', index: false },
    timeCause: { type: 'keyword' },
    /** The worst flag of the reading, as a word. */
    qc: { type: 'keyword' },
    values: { type: 'object', dynamic: true },
    flags: { type: 'object', dynamic: true },
    causes: { type: 'object', dynamic: true },
    /** Texts, truth values, and numbers that are none: kept as they came, not looked into. */
    raw: { type: 'object', enabled: false },
    exact: { type: 'object', enabled: false },
    /** On the place a corrected reading has left, and nothing else is: the month it is in now. */
    movedTo: { type: 'keyword', index: false, doc_values: false },
  },
} as const;

const seriesMapping = {
  dynamic: 'strict',
  properties: {
    series: { type: 'keyword' },
    site: { type: 'keyword' },
    sensor: { type: 'keyword' },
    origin: { type: 'keyword' },
    readings: { type: 'long' },
    summary: { type: 'object', enabled: false },
    ledger: { type: 'object', enabled: false },
  },
} as const;

/** The index templates, by name. */
export function templatesOf(names: IndexNames): ReadonlyMap<string, object> {
  const common = { number_of_shards: 1, auto_expand_replicas: '0-1' };
  const readings = {
    ...common,
    // The store refreshes at the end of each write: so a write is seen as a whole, and for certain once it resolved.
    refresh_interval: '-1',
    // Beyond the limit a property is kept and returned, only no longer searched for.
    'mapping.total_fields.limit': 2000,
    'mapping.total_fields.ignore_dynamic_beyond_limit': true,
  };
  const template = (patterns: string, index: object, mappings: object) => ({
    index_patterns: [patterns],
    priority: 500,
    version: templateVersion,
    _meta: { description: 'Wellhead; put there by the indexer, do not edit' },
    template: { settings: { index }, mappings },
  });
  return new Map([
    [names.templates.readings, template(names.readings, readings, readingMapping)],
    [names.templates.series, template(names.series, { ...common, refresh_interval: '-1' }, seriesMapping)],
    [names.templates.events, template(names.events, common, eventMapping)],
    [names.templates.feedback, template(names.feedback, common, feedbackMapping)],
    [names.templates.annotations, template(names.annotations, common, annotationMapping)],
  ]);
}
