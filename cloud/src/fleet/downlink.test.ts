import { expect, it } from 'vitest';
import { Downlink } from './downlink.ts';

it('hands on to the broker what is said once there is one, and nothing of before', () => {
  const said: string[][] = [];
  const downlink = new Downlink();
  downlink.publish('wellhead/1/site-a/gw1/request', 'too early');
  downlink.connect({ publish: (topic, payload) => said.push([topic, payload]) });
  downlink.publish('wellhead/1/site-a/gw1/request', 'now');
  expect(said).toEqual([['wellhead/1/site-a/gw1/request', 'now']]);
});
