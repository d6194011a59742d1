// The promises of ReadingStore, EventStore and AnnotationStore, kept by a real Elasticsearch.
import { afterAll, describe } from 'vitest';
import { describeAnnotationStore } from '../../cloud/src/store/annotation-store.contract.ts';
import { describeEventStore } from '../../cloud/src/store/event-store.contract.ts';
import { describeReadingStore } from '../../cloud/src/store/reading-store.contract.ts';
import type { StoreUnderTest } from '../../cloud/src/store/store-under-test.contract.ts';
import { startElasticsearch } from './elasticsearch.ts';
import { newPrefix, openStore, removeAll } from './elasticsearch-stores.ts';

const node = await startElasticsearch();
const missing = 'missing' in node ? node.missing : undefined;

describe.skipIf(missing !== undefined)(`Elasticsearch${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in node) return;
  afterAll(() => node.close());

  async function onePrefix(): Promise<StoreUnderTest> {
    if ('missing' in node) throw new Error(missing);
    const { url } = node;
    const prefix = newPrefix();
    let store = await openStore(url, prefix);
    return {
      store,
      async reopen() {
        await store.close();
        store = await openStore(url, prefix);
        return store;
      },
      async remove() {
        await store.close();
        await removeAll(url, prefix);
      },
    };
  }

  describeReadingStore('Elasticsearch', onePrefix, { reopen: true });
  describeEventStore('Elasticsearch', onePrefix, { reopen: true });
  describeAnnotationStore('Elasticsearch', onePrefix, { reopen: true });
});
