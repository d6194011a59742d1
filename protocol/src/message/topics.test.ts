import { describe, expect, it } from 'vitest';
import { downKinds, isUpKind, parseTopic, topicOf, upKinds } from './topics.ts';

const address = { site: 'site-a', gateway: 'gw.1' };

describe('topics', () => {
  it.each([...upKinds, ...downKinds])('of kind %s are read back as they were made', (kind) => {
    const topic = topicOf(address, kind);
    expect(topic).toBe(`wellhead/1/site-a/gw.1/${kind}`);
    expect(parseTopic(topic)).toEqual({ ...address, kind });
  });

  it('go either up or down', () => {
    expect(upKinds.every(isUpKind)).toBe(true);
    expect(downKinds.some(isUpKind)).toBe(false);
  });

  it.each([
    '',
    '/',
    'wellhead',
    'wellhead/1/site-a/gw1',
    'wellhead/1/site-a/gw1/',
    'wellhead/1/site-a/gw1/data/',
    'wellhead/1/site-a/gw1/data/more',
    'wellhead/1//gw1/data',
    'wellhead/1/site-a//data',
    'wellhead/2/site-a/gw1/data',
    'Wellhead/1/site-a/gw1/data',
    '/wellhead/1/site-a/gw1/data',
    'wellhead/1/site-a/gw1/DATA',
    'wellhead/1/site-a/gw1/constructor',
    'wellhead/1/site-a/gw1/__proto__',
    'sensors/b1',
    '$SYS/broker',
  ])('like "%s" are not ours', (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
  });
});
