// The lane of questions on an instance in the hand of the test: who runs, who waits, who is sent away.
import type { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, expect, it } from 'vitest';
import { QueryLane } from './query-lane.ts';

interface Connection {
  closed: number;
  run(sql: string): Promise<string>;
  closeSync(): void;
}

let connections: Connection[];
let connect: () => Promise<Connection>;
let lane: QueryLane;
beforeEach(() => {
  connections = [];
  connect = async () => {
    const connection: Connection = {
      closed: 0,
      run: async (sql) => `result of ${sql}`,
      closeSync: () => connection.closed++,
    };
    connections.push(connection);
    return connection;
  };
  lane = new QueryLane({ connect: () => connect() } as unknown as DuckDBInstance);
});

interface Question {
  readonly answer: Promise<string>;
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
}

let begun: number;
beforeEach(() => {
  begun = 0;
});

/** A question that is under way until the test ends it. */
function ask(): Question {
  let finish: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const end = new Promise<string>((resolve, reject) => {
    finish = () => resolve('answer');
    fail = reject;
  });
  end.catch(() => undefined);
  const answer = lane.run(() => {
    begun++;
    return end;
  });
  return { answer, finish, fail };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('hands sql to a connection and its result back', async () => {
  expect(await lane.run(async (query) => `${await query('SELECT 1')}`)).toBe('result of SELECT 1');
});

it('runs two at once, the next as soon as one ends, on two connections in all', async () => {
  const questions = Array.from({ length: 5 }, ask);
  await settle();
  expect(begun).toBe(2);
  questions[1]!.finish();
  await questions[1]!.answer;
  await settle();
  expect(begun).toBe(3);
  for (const { finish } of questions) finish();
  expect(await Promise.all(questions.map(({ answer }) => answer))).toEqual(Array(5).fill('answer'));
  expect(begun).toBe(5);
  expect(connections).toHaveLength(2);
  const again = Array.from({ length: 3 }, ask);
  await settle();
  expect(begun).toBe(7);
  for (const { finish } of again) finish();
  await Promise.all(again.map(({ answer }) => answer));
  expect(connections).toHaveLength(2);
});

it('lets 256 wait, and says at once to the next that they do', async () => {
  const questions = Array.from({ length: 258 }, ask);
  await expect(ask().answer).rejects.toMatchObject({ code: 'STORE_QUERY' });
  for (const { finish } of questions) finish();
  await Promise.all(questions.map(({ answer }) => answer));
  expect(begun).toBe(258);
});

it('says what failed, and gives the place on', async () => {
  const questions = [ask(), ask(), ask()];
  const error = new Error('out of memory');
  questions[0]!.fail(error);
  questions[1]!.fail(new TypeError('a mistake'));
  await expect(questions[0]!.answer).rejects.toMatchObject({ code: 'STORE_QUERY', cause: error });
  await expect(questions[1]!.answer).rejects.toThrow(TypeError);
  await settle();
  expect(begun).toBe(3);
  questions[2]!.finish();
  await questions[2]!.answer;
});

it('gives the place on when there is no connection to be had', async () => {
  const real = connect;
  connect = () => Promise.reject(new Error('too many'));
  const questions = [ask(), ask(), ask()];
  for (const { answer } of questions) await expect(answer).rejects.toMatchObject({ code: 'STORE_QUERY' });
  connect = real;
  const after = [ask(), ask()];
  await settle();
  expect(begun).toBe(2);
  for (const { finish } of after) finish();
  await Promise.all(after.map(({ answer }) => answer));
});

it('waits for all that is under way or waits before it closes its connections', async () => {
  const questions = [ask(), ask(), ask()];
  await settle();
  let isClosed = false;
  const closing = lane.close().then(() => {
    isClosed = true;
  });
  questions[0]!.finish();
  questions[1]!.fail(new Error('no'));
  await questions[1]!.answer.catch(() => undefined);
  await settle();
  expect(isClosed).toBe(false);
  expect(connections.map(({ closed }) => closed)).toEqual([0, 0]);
  questions[2]!.finish();
  await closing;
  expect(connections.map(({ closed }) => closed)).toEqual([1, 1]);
});
