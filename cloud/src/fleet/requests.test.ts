import { beforeEach, expect, it } from 'vitest';
import { Requests } from './requests.ts';

const address = { site: 'site-a', gateway: 'gateway-1' };
const minutes = 60_000;
let time: number;
let published: [string, string][];
let requests: Requests;
beforeEach(() => {
  time = 1_000;
  published = [];
  requests = new Requests({ publish: (topic, payload) => published.push([topic, payload]), now: () => time });
});

it('asks the gateway for ranges of one sensor', () => {
  requests.send(address, 'well-1', 'origin-1', [
    [3, 5],
    [9, 9],
  ]);
  expect(published.map(([topic, payload]) => [topic, JSON.parse(payload)])).toEqual([
    [
      'wellhead/1/site-a/gateway-1/request',
      {
        origin: 'origin-1',
        ranges: [
          ['well-1', 3, 5],
          ['well-1', 9, 9],
        ],
      },
    ],
  ]);
});

it('remembers what it asked for, each sensor and origin apart', () => {
  expect(requests.pending('site-a', 'well-1', 'origin-1')).toEqual([]);
  requests.send(address, 'well-1', 'origin-1', [[3, 5]]);
  requests.send(address, 'well-1', 'origin-1', [[7, 8]]);
  expect(requests.pending('site-a', 'well-1', 'origin-1')).toEqual([
    [3, 5],
    [7, 8],
  ]);
  expect(requests.pending('site-b', 'well-1', 'origin-1')).toEqual([]);
  expect(requests.pending('site-a', 'well-2', 'origin-1')).toEqual([]);
  expect(requests.pending('site-a', 'well-1', 'origin-2')).toEqual([]);
});

it('lets each range be asked for again after ten minutes, whatever was asked for since', () => {
  requests.send(address, 'well-1', 'origin-1', [[3, 5]]);
  time += 9 * minutes;
  requests.send(address, 'well-1', 'origin-1', [[7, 8]]);
  time += minutes - 1;
  expect(requests.pending('site-a', 'well-1', 'origin-1')).toEqual([
    [3, 5],
    [7, 8],
  ]);
  time += 1;
  expect(requests.pending('site-a', 'well-1', 'origin-1')).toEqual([[7, 8]]);
  time += 9 * minutes;
  expect(requests.pending('site-a', 'well-1', 'origin-1')).toEqual([]);
});
