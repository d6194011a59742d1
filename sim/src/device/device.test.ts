// The device command as people use it: a process, a line, words on its standard input.
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

const main = join(import.meta.dirname, '../main.ts');
const node = ['--import', 'tsx', main, 'device'];
let child: ChildProcessWithoutNullStreams | undefined;
let socket: Socket | undefined;
afterEach(() => {
  socket?.destroy();
  child?.kill('SIGKILL');
});

async function start(...args: string[]) {
  child = spawn(process.execPath, [...node, ...args]);
  let out = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  await vi.waitFor(() => expect(out).toContain('listening'), 10_000);
  const port = Number(/:(\d+)/.exec(out)![1]);
  socket = connect(port, '127.0.0.1');
  let heard = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    heard = Buffer.concat([heard, bytes]);
  });
  await once(socket, 'connect');
  return {
    async ask(text: string, encoding: 'hex' | 'latin1' = 'latin1'): Promise<string> {
      heard = Buffer.alloc(0);
      socket!.write(Buffer.from(text.replaceAll(encoding === 'hex' ? ' ' : '\0', ''), encoding));
      await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), 5_000);
      return heard.toString(encoding);
    },
    async say(words: string): Promise<string> {
      out = '';
      child!.stdin.write(`${words}\n`);
      await vi.waitFor(() => expect(out).toMatch(/\n$/), 5_000);
      return out.trim();
    },
  };
}

test('Modbus TCP answers with registers, and with exceptions of the standard', async () => {
  const { ask, say } = await start('modbus', '--unit', '1:0=235,1=16.5');
  expect(await ask('0001 0000 0006 01 03 0000 0003', 'hex')).toBe('0001000000090103' + '06' + '00eb41840000');
  expect(await ask('0002 0000 0006 01 04 0009 0001', 'hex')).toBe('000200000003018402');
  expect(await ask('0003 0000 0006 01 06 0000 0001', 'hex')).toBe('000300000003018601');
  expect(await ask('0004 0000 0006 01 03 0000 007e', 'hex')).toBe('000400000003018303');
  expect(await say('set 1 0 240')).toBe('done: set 1 0 240');
  expect(await ask('0005 0000 0006 01 03 0000 0001', 'hex')).toBe('00050000000501030200f0');
});

test('Modbus RTU answers a sound request of its own unit only', async () => {
  const { ask } = await start('modbus', '--rtu', '--unit', '1:0=2', '--unit', '2:0=3');
  // Another unit, a bad checksum and noise before: one answer.
  expect(await ask('09 03 00 00 00 01 85 42 ff 01 03 00 00 00 01 84 0a', 'hex')).toBe('010302000239' + '85');
});

test('SDI-12 measures, verifies and identifies itself', async () => {
  const { ask } = await start('sdi12', '--sensor', '0:3.14', '--sensor', '1:1,2,3,4,5');
  expect(await ask('0!')).toBe('0\r\n');
  expect(await ask('0I!')).toBe('014WELLHEADSIM001100SN1\r\n');
  expect(await ask('0MC!')).toBe('00001\r\n');
  expect(await ask('0D0!')).toBe('0+3.14OqZ\r\n');
  expect(await ask('1C!')).toBe('100005\r\n');
  expect(await ask('1M!')).toBe('10005\r\n');
  expect(await ask('1D0!')).toBe('1+1+2+3+4\r\n');
  expect(await ask('1D1!')).toBe('1+5\r\n');
});

test('an ASCII instrument speaks when it is asked, with the checksum of NMEA', async () => {
  const { ask } = await start('ascii', '--line', 'A,{0}', '--values', '1', '--nmea', '--request', 'R\\r');
  expect(await ask('R\r')).toBe('$A,1*5C\r\n');
});

test('words switch faults and are told when they are none', async () => {
  const { ask, say } = await start('ascii', '--values', '7', '--request', 'R');
  expect(await say('cut')).toBe('done: cut');
  expect(await ask('R')).toBe('7');
  await say('ok');
  expect(await ask('R')).toBe('7\r\n');
  expect(await say('dance')).toMatch(/^what is "dance"\? Say ok, unplug/);
  expect(await say('set 1 2 x')).toBe('say: set WHO PLACE VALUE');
});

test.each([
  ['modbus', ['modbus', '--unit', 'x'], 'Write a unit and registers'],
  ['sdi12', ['sdi12', '--sensor', '00:1'], 'Write an address and values'],
  ['ascii', ['ascii', '--values', 'a'], 'Write numbers'],
  ['a missing unit', ['modbus'], "'--unit <unit:registers>' not specified"],
])('%s: wrong words are exit code 2', async (_what, args, message) => {
  const { code, err } = await new Promise<{ code: number | null; err: string }>((resolve) => {
    const process_ = execFile(process.execPath, [...node, ...args], (_error, _out, err) =>
      resolve({ code: process_.exitCode, err }),
    );
  });
  expect(code).toBe(2);
  expect(err).toContain(message);
});
