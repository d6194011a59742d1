import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDashboard, findDashboard } from './dashboard.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'wellhead-'));
  mkdirSync(join(root, 'cloud/web/dist'), { recursive: true });
  writeFileSync(join(root, 'cloud/web/dist/index.html'), '<title>built</title>');
  writeFileSync(join(root, 'cloud/web/secret.txt'), 'not for all');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the dashboard', () => {
  it.each(['cloud/dist', 'cloud/src/api/http'])('is found from %s', (place) => {
    expect(findDashboard(join(root, place))).toBe(join(root, 'cloud/web/dist'));
  });

  it('is served, and nothing beside it', async () => {
    const server = Fastify();
    await addDashboard(server, join(root, 'cloud/web/dist'));
    expect((await server.inject('/')).body).toContain('built');
    expect((await server.inject('/')).headers['cache-control']).toBe('no-cache');
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt'])
      expect((await server.inject(path)).statusCode, path).toBeGreaterThanOrEqual(400);
    await server.close();
  });

  it('says how to build it where it is not built', async () => {
    expect(findDashboard(join(root, 'elsewhere/dist'))).toBeUndefined();
    const server = Fastify();
    await addDashboard(server, undefined);
    const answer = await server.inject('/');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
    await server.close();
  });
});
