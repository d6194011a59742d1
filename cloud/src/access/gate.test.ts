import { describe, expect, it } from 'vitest';
import { type AccessRequest, decide } from './gate.ts';

const accessRequest = (more: Partial<AccessRequest> = {}): AccessRequest => ({
  method: 'GET',
  host: 'cloud.example:8080',
  origin: undefined,
  fetchSite: undefined,
  token: undefined,
  session: undefined,
  ...more,
});
const token = (role: 'viewer' | 'operator' | 'admin') => ({ id: 'a', name: 'ann', role, createdAt: 0 });
const local = { host: '127.0.0.1:8080' };

describe('where tokens are asked for', () => {
  it('nobody gets in without one, but to what is public', () => {
    expect(decide('tokens', 'viewer', accessRequest())).toBe('UNAUTHENTICATED');
    expect(decide('tokens', 'public', accessRequest())).toMatchObject({ name: 'nobody' });
  });

  it.each([
    ['viewer', 'viewer', true],
    ['viewer', 'operator', false],
    ['viewer', 'admin', false],
    ['operator', 'viewer', true],
    ['operator', 'operator', true],
    ['operator', 'admin', false],
    ['admin', 'admin', true],
  ] as const)('a %s asking for what needs %s: %s', (role, needed, isLet) => {
    const decision = decide('tokens', needed, accessRequest({ token: token(role) }));
    expect(decision).toEqual(isLet ? { name: 'ann', role, via: 'token' } : 'FORBIDDEN');
  });

  it('a browser’s cookie does as well, but for changes that another site’s page makes', () => {
    const session = token('admin');
    expect(decide('tokens', 'admin', accessRequest({ session }))).toMatchObject({ via: 'session' });
    const change = { session, method: 'POST' };
    expect(decide('tokens', 'admin', accessRequest({ ...change, fetchSite: 'same-origin' }))).toMatchObject({
      name: 'ann',
    });
    expect(decide('tokens', 'admin', accessRequest({ ...change, fetchSite: 'cross-site' }))).toBe(
      'CROSS_SITE',
    );
    expect(decide('tokens', 'admin', accessRequest({ ...change, fetchSite: 'same-site' }))).toBe(
      'CROSS_SITE',
    );
    expect(decide('tokens', 'admin', accessRequest({ ...change, origin: 'https://evil.example' }))).toBe(
      'CROSS_SITE',
    );
    expect(decide('tokens', 'admin', accessRequest({ ...change, origin: 'null' }))).toBe('CROSS_SITE');
    expect(
      decide('tokens', 'admin', accessRequest({ ...change, origin: 'http://cloud.example:8080' })),
    ).toMatchObject({ name: 'ann' });
  });

  it('a token in a header is sent on purpose, from wherever', () => {
    const asked = accessRequest({ token: token('admin'), method: 'POST', fetchSite: 'cross-site' });
    expect(decide('tokens', 'admin', asked)).toMatchObject({ name: 'ann' });
  });
});

describe('where this machine may do everything', () => {
  it('it may', () => {
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:8080', undefined])
      expect(decide('open', 'admin', accessRequest({ host, method: 'DELETE' }))).toMatchObject({
        role: 'admin',
      });
  });

  it('a page of another site may not, whatever name it gives us', () => {
    expect(decide('open', 'viewer', accessRequest({ host: 'rebound.example:8080' }))).toBe('FOREIGN_HOST');
    expect(
      decide('open', 'operator', accessRequest({ ...local, method: 'POST', fetchSite: 'cross-site' })),
    ).toBe('CROSS_SITE');
    expect(
      decide('open', 'operator', accessRequest({ ...local, method: 'POST', origin: 'https://evil.example' })),
    ).toBe('CROSS_SITE');
  });
});
