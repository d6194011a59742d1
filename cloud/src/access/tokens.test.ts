import { MemoryLevel } from 'memory-level';
import { expect, it } from 'vitest';
import { openAudit, shorten } from './audit.ts';
import { openAccess } from './open-access.ts';
import { Sessions, sessionMs } from './sessions.ts';
import { Tokens } from './tokens.ts';

const memory = () => new MemoryLevel<string, Uint8Array>({ valueEncoding: 'view' });

it('a token is known by its text, also after a restart, and no more when it is revoked', async () => {
  const db = memory();
  const tokens = await Tokens.open(db, () => 5);
  const { token, text } = (await tokens.create('ann', 'operator'))!;
  expect(token).toMatchObject({ name: 'ann', role: 'operator', createdAt: 5 });
  const again = await Tokens.open(db, () => 6);
  expect(again.check(text)).toEqual(token);
  await again.revoke(token.id);
  expect(again.check(text)).toBeUndefined();
  expect((await Tokens.open(db, () => 7)).all()).toEqual([]);
});

it('its secret is nowhere in the database', async () => {
  const db = memory();
  const { text } = (await (await Tokens.open(db, () => 0)).create('ann', 'admin'))!;
  const secret = text.split('_').slice(2).join('_');
  for await (const [, value] of db.iterator()) expect(Buffer.from(value).toString()).not.toContain(secret);
});

it('texts that are nearly right are nobody’s', async () => {
  const tokens = await Tokens.open(memory(), () => 0);
  const { text } = (await tokens.create('ann', 'admin'))!;
  const last = text.at(-1) === 'A' ? 'B' : 'A';
  for (const wrong of ['', text.slice(0, -1) + last, `${text}A`, text.replace('wh_', ''), text.toUpperCase()])
    expect(tokens.check(wrong)).toBeUndefined();
});

it('the first token is told once, and only where tokens are asked for', async () => {
  const db = memory();
  const told: string[] = [];
  const open = (host: string) =>
    openAccess({
      db,
      host,
      access: undefined,
      now: () => 0,
      onDropped: () => undefined,
      onSetUp: (text) => told.push(text),
    });
  expect((await open('127.0.0.1')).access).toBe('open');
  expect(told).toEqual([]);
  const { access, tokens } = await open('0.0.0.0');
  expect(access).toBe('tokens');
  expect(tokens.check(told[0]!)).toMatchObject({ name: 'set-up', role: 'admin' });
  await open('0.0.0.0');
  expect(told).toHaveLength(1);
});

it('sessions end after twelve hours, by logging out, and the oldest when there are too many', () => {
  let now = 0;
  const sessions = new Sessions({ now: () => now, most: 2 });
  const first = sessions.begin('a');
  now = sessionMs - 1;
  expect(sessions.tokenOf(first)).toBe('a');
  now = sessionMs;
  expect(sessions.tokenOf(first)).toBeUndefined();
  const [second, third] = [sessions.begin('b'), sessions.begin('c')];
  sessions.begin('d');
  expect(sessions.tokenOf(second)).toBeUndefined();
  sessions.end(third);
  expect(sessions.tokenOf(third)).toBeUndefined();
});

it('the audit log tells the newest first', async () => {
  const audit = await openAudit(memory(), () => undefined);
  for (const who of ['ann', 'bob'])
    await audit.add({ at: 't', who, role: 'admin', action: 'POST /x', what: '' });
  expect((await audit.newest(1)).map(({ who }) => who)).toEqual(['bob']);
});

it('what it tells is one short line, and holds no secret', async () => {
  const { text } = (await (await Tokens.open(memory(), () => 0)).create('ann', 'admin'))!;
  const told = shorten(`my token is ${text},\n\u0007copy it ${'a'.repeat(1_000)}`);
  expect(told).toMatch(/^my token is wh_[a-z0-9]{12}_…, copy it a+…$/);
  expect(told).toHaveLength(300);
});
