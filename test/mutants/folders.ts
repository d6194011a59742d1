// The code that carries the promises, folder by folder, and the tests that must notice a change of it.

export interface MutatedFolder {
  readonly name: string;
  /** What is changed; tests and what tests share never are. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** How long a property is tried, in milliseconds; 100 unless told. Once at least it must come to its end. */
  readonly propertyMs?: number;
}

const beside = (name: string): MutatedFolder => ({
  name,
  sources: [`${name}/**/*.ts`],
  tests: [`${name}/**/*.test.ts`],
});

export const folders: readonly MutatedFolder[] = [
  {
    ...beside('edge/src/journal'),
    // Without housekeeping.test.ts: a real disk is slow, and budget.test.ts asks the same in memory.
    tests: ['edge/src/journal/[!h]*.test.ts'],
  },
  beside('edge/src/uplink'),
  beside('edge/src/intake'),
  beside('edge/src/clock'),
  beside('cloud/src/bridge'),
  beside('cloud/src/dead-letter'),
  beside('cloud/src/fleet'),
  {
    name: 'cloud/src/log/level',
    sources: ['cloud/src/log/level/*.ts'],
    // Without the kills: they try the same, slowly.
    tests: ['level-consumer', 'level-log', 'level-log-order', 'level-log-bounds', 'trim', 'trim-bounds'].map(
      (name) => `cloud/src/log/level/${name}.test.ts`,
    ),
  },
  beside('cloud/src/indexer'),
  {
    name: 'cloud/src/store/duckdb',
    // What decides that no reading is lost or doubled. Reading them back is what all tests of a store do, and what is
    // kept beside them (events, annotations) can be written again by its author.
    sources: ['cloud/src/store/duckdb/{open,write}/*.ts'],
    // Without duckdb-failure.test.ts, duckdb-model.test.ts and the kills: they take longer than all others together,
    // and each of them meets every line. So it ends within 25 minutes on two cores that have nothing else to do.
    tests: [
      'cloud/src/store/duckdb/{open,write,read}/*.test.ts',
      ...['between', 'store'].map((name) => `cloud/src/store/duckdb/duckdb-${name}.test.ts`),
    ],
    propertyMs: 1_000,
  },
  beside('protocol/src/batch'),
  {
    name: 'protocol/src/quality',
    sources: ['protocol/src/quality/*.ts'],
    tests: ['protocol/src/quality/*.test.ts'],
  },
  {
    name: 'broker',
    sources: [
      'edge/src/broker/*.ts',
      'cloud/src/broker/*.ts',
      'host/src/mqtt/broker.ts',
      'host/src/mqtt/packet-guard.ts',
    ],
    tests: [
      'edge/src/broker/*.test.ts',
      'cloud/src/broker/*.test.ts',
      'host/src/mqtt/broker.test.ts',
      'host/src/mqtt/packet-guard.test.ts',
      'edge/src/driver/mqtt/mqtt.test.ts',
      'edge/src/driver/mqtt/mqtt-contract.test.ts',
    ],
  },
];

/** Of each folder at least this share of the changes must turn a test red, in per cent. */
export const bar = 85;
