import { downKinds, upKinds } from '@wellhead/protocol';
import { describe, expect, it } from 'vitest';
import { createAccessRules } from './access.ts';

const credentials = [
  { site: 'site-a', gateway: 'gw1', password: 'long enough' },
  { site: 'site-a', gateway: 'gw2', password: 'other words' },
];
const peer = (username: string) => ({ username, clientId: 'whoever' });
const own = (kind: string) => `wellhead/1/site-a/gw1/${kind}`;
const kinds = [...upKinds, ...downKinds];
const foreign = ['site-a/gw2', 'site-b/gw1', 'site-a/gw1x', 'Site-a/gw1'];

const withoutCredentials = createAccessRules(undefined);
const withCredentials = createAccessRules(credentials);

describe.each([
  ['with credentials', withCredentials],
  ['without credentials, for a peer that names itself', withoutCredentials],
])('%s', (_, access) => {
  it.each(kinds)('a gateway may publish %s under its own address only if it goes up', (kind) => {
    expect(access.mayPublish(peer('site-a/gw1'), own(kind))).toBe(upKinds.some((up) => up === kind));
  });

  it.each(kinds)('a gateway may subscribe to %s under its own address only if it goes down', (kind) => {
    expect(access.maySubscribe(peer('site-a/gw1'), own(kind))).toBe(downKinds.some((down) => down === kind));
  });

  it.each(foreign)('a gateway may say and hear nothing under the address %s', (address) => {
    for (const kind of kinds) {
      const topic = `wellhead/1/${address}/${kind}`;
      expect(access.mayPublish(peer('site-a/gw1'), topic)).toBe(false);
      expect(access.maySubscribe(peer('site-a/gw1'), topic)).toBe(false);
    }
  });

  it.each([
    '#',
    '+',
    'wellhead/#',
    'wellhead/1/site-a/gw1/#',
    'wellhead/1/site-a/gw1/+',
    'wellhead/1/site-a/+/receipt',
    'wellhead/1/+/gw1/receipt',
    'wellhead/+/site-a/gw1/receipt',
    '+/1/site-a/gw1/receipt',
    '$share/all/wellhead/1/site-a/gw1/receipt',
    '$share/all/#',
    '$SYS/#',
    '$SYS/broker/clients',
    'wellhead/1/site-a/gw1/receipt/',
    'wellhead/1/site-a/gw1/receipt/more',
    '/wellhead/1/site-a/gw1/receipt',
    'wellhead/2/site-a/gw1/receipt',
    'elsewhere',
    '',
  ])('a gateway may not subscribe to "%s", nor publish to it', (topic) => {
    expect(access.maySubscribe(peer('site-a/gw1'), topic)).toBe(false);
    expect(access.mayPublish(peer('site-a/gw1'), topic)).toBe(false);
  });

  it.each(['+/+', '#', '+', 'site-a/+'])('a peer that calls itself %s hears nobody', (username) => {
    for (const kind of downKinds) {
      expect(access.maySubscribe(peer(username), `wellhead/1/${username}/${kind}`)).toBe(false);
    }
  });
});

describe('with credentials', () => {
  it.each([
    ['site-a/gw1', 'long enough', true],
    ['site-a/gw2', 'other words', true],
    ['site-a/gw1', 'other words', false],
    ['site-a/gw1', 'long enough ', false],
    ['site-a/gw1', '', false],
    ['site-a/gw3', 'long enough', false],
    ['__proto__', 'long enough', false],
    ['', '', false],
  ])('%s with the password "%s" is let in: %s', (username, password, expected) => {
    expect(withCredentials.authenticate(username, password)).toBe(expected);
  });

  it('a peer without a name may do nothing', () => {
    expect(withCredentials.mayPublish(peer(''), own('data'))).toBe(false);
    expect(withCredentials.maySubscribe(peer(''), own('receipt'))).toBe(false);
  });

  it('an empty list lets nobody in', () => {
    expect(createAccessRules([]).authenticate('', '')).toBe(false);
  });
});

describe('without credentials', () => {
  it('everybody is let in, and a peer without a name may do anything', () => {
    expect(withoutCredentials.authenticate('site-a/gw1', 'whatever')).toBe(true);
    expect(withoutCredentials.authenticate('', '')).toBe(true);
    expect(withoutCredentials.mayPublish(peer(''), own('receipt'))).toBe(true);
    expect(withoutCredentials.maySubscribe(peer(''), '#')).toBe(true);
  });
});
