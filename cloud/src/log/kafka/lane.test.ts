import type { Kafka } from 'kafkajs';
import { expect, it } from 'vitest';
import { openLane } from './lane.ts';

/** A client whose producers answer as the test says; how often the real one needs a new producer is once in years. */
function clientWith(answers: (Error | { baseOffset: string })[]) {
  const log: string[] = [];
  let producers = 0;
  const client = {
    producer: () => {
      const number = ++producers;
      return {
        connect: async () => void log.push(`connect ${number}`),
        disconnect: async () => void log.push(`disconnect ${number}`),
        send: async () => {
          log.push(`send ${number}`);
          const answer = answers.shift()!;
          if (answer instanceof Error) throw answer;
          return [answer];
        },
      };
    },
  };
  return { client: client as unknown as Kafka, log };
}

function refusal(type: string): Error {
  return new Error('refused', { cause: Object.assign(new Error(type), { type }) });
}

const group = [1, 2, 3].map((n) => ({ partition: 1, key: null, value: Buffer.from([n]) }));

it('gives the offset after the group', async () => {
  const { client } = clientWith([{ baseOffset: '40' }]);
  expect(await (await openLane(client, 'topic')).send(1, group)).toBe(43);
});

it('goes on with the same producer after a refusal, so that the broker knows a double', async () => {
  const { client, log } = clientWith([refusal('REQUEST_TIMED_OUT'), { baseOffset: '0' }]);
  const lane = await openLane(client, 'topic');
  await expect(lane.send(1, group)).rejects.toThrow('refused');
  await lane.send(1, group);
  expect(log).toEqual(['connect 1', 'send 1', 'send 1']);
});

it('takes a new producer when the broker has forgotten the old one', async () => {
  const { client, log } = clientWith([refusal('OUT_OF_ORDER_SEQUENCE_NUMBER'), { baseOffset: '7' }]);
  const lane = await openLane(client, 'topic');
  await expect(lane.send(1, group)).rejects.toThrow('refused');
  expect(await lane.send(1, group)).toBe(10);
  expect(log).toEqual(['connect 1', 'send 1', 'connect 2', 'disconnect 1', 'send 2']);
});
