// The log in Kafka does what every log must do, on a real broker.
import { afterAll, describe } from 'vitest';
import { describeReadingLog } from '../../cloud/src/log/reading-log.contract.ts';
import { startKafka } from './kafka.ts';
import { newTopic, openLog, removeTopic } from './kafka-logs.ts';

const broker = await startKafka();
const missing = 'missing' in broker ? broker.missing : undefined;

describe.skipIf(missing !== undefined)(`Kafka${missing === undefined ? '' : ` (${missing})`}`, () => {
  if ('missing' in broker) return;
  const { address } = broker;
  afterAll(() => broker.close());

  describeReadingLog('Kafka', async () => {
    const topic = newTopic();
    let log = await openLog(address, topic);
    return {
      log,
      async reopen() {
        await log.close();
        log = await openLog(address, topic);
        return log;
      },
      async remove() {
        await log.close();
        await removeTopic(address, topic);
      },
    };
  });
});
