// How Elasticsearch reads events, what was said of them, and annotations.

/**
 * What is asked for in fields, and all of it as text beside: so that a changed event leaves nothing of its old
 * self, and what was said of it can be set without knowing the rest.
 */
export const eventMapping = {
  dynamic: 'strict',
  properties: {
    id: { type: 'keyword' },
    site: { type: 'keyword' },
    sensors: { type: 'keyword' },
    isRegional: { type: 'boolean' },
    kind: { type: 'keyword' },
    cause: { type: 'keyword' },
    properties: { type: 'keyword' },
    '@timestamp': { type: 'date', format: 'epoch_millis' },
    start: { type: 'double' },
    end: { type: 'double' },
    score: { type: 'double' },
    withdrawn: { type: 'boolean' },
    explanation: { type: 'text' },
    body: { type: 'keyword', index: false, doc_values: false },
    /** The newest feedback, and its time: an older one that comes later does not take its place. */
    said: { type: 'keyword', index: false, doc_values: false },
    saidAt: { type: 'double' },
  },
} as const;

export const feedbackMapping = {
  dynamic: 'strict',
  properties: {
    event: { type: 'keyword' },
    site: { type: 'keyword' },
    sensors: { type: 'keyword' },
    verdict: { type: 'keyword' },
    at: { type: 'double' },
    body: { type: 'keyword', index: false, doc_values: false },
  },
} as const;

/** What is asked for in fields, and all of it as text beside. */
export const annotationMapping = {
  dynamic: 'strict',
  properties: {
    id: { type: 'keyword' },
    site: { type: 'keyword' },
    sensor: { type: 'keyword' },
    property: { type: 'keyword' },
    '@timestamp': { type: 'date', format: 'epoch_millis' },
    start: { type: 'double' },
    end: { type: 'double' },
    withdrawn: { type: 'boolean' },
    text: { type: 'text' },
    author: { type: 'keyword', ignore_above: 1_000 },
    body: { type: 'keyword', index: false, doc_values: false },
  },
} as const;
