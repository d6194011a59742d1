import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WellheadError } from '@wellhead/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig } from './config.ts';

const schema = z.strictObject({
  name: z.string(),
  port: z.number().default(80),
  deep: z.strictObject({ list: z.array(z.number()).default([]) }).prefault({}),
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wellhead-host-'));
  file = join(folder, 'program.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

function problemOf(run: () => unknown): ConfigError {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

const load = (text: string, check?: Parameters<typeof loadConfig>[2]) => {
  writeFileSync(file, text);
  return loadConfig(schema, file, check);
};

describe('a configuration file', () => {
  it('is read with its defaults', () => {
    expect(load('name: a\ndeep: { list: [1] }')).toEqual({ name: 'a', port: 80, deep: { list: [1] } });
  });

  it('is frozen to its depth', () => {
    const config = load('name: a') as { deep: { list: number[] } };
    expect(() => config.deep.list.push(1)).toThrow(TypeError);
  });

  it('is not needed where everything has a default', () => {
    expect(loadConfig(z.object({ a: z.number().default(1) }), undefined)).toEqual({ a: 1 });
  });

  it('tells every problem, of the schema and of the cross-check, with the file and a hint', () => {
    const error = problemOf(() =>
      load('port: high\ncolour: red', () => ['port: it is taken; choose another']),
    );
    expect(error).toBeInstanceOf(WellheadError);
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.problems).toEqual([
      'name: is missing; give a string',
      'port: Invalid input: expected number, received string',
      'colour: there is no such key; check its spelling or remove it',
      'port: it is taken; choose another',
    ]);
    expect(error.message).toContain(file);
    for (const problem of error.problems) expect(error.message).toContain(`  - ${problem}`);
    expect(error.hint).toContain('--check');
  });

  it('is refused for what the cross-check alone finds', () => {
    expect(problemOf(() => load('name: a', () => ['no'])).problems).toEqual(['no']);
  });

  it('is shown to the cross-check as it was written', () => {
    const seen: unknown[] = [];
    load('name: a', (document) => {
      seen.push(document);
      return [];
    });
    expect(seen).toEqual([{ name: 'a' }]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['is missing', undefined, /cannot be read/],
    ['is no YAML', 'a: [1\nb: "x', /flow|quote|end/i],
    ['names a key twice', 'name: a\nname: b', /unique/],
    [
      'unfolds to more than memory holds',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((key, i) => `${key}: &${key} [${`*${'abcdefg'[i]},`.repeat(10)}]`)
        .join('\n')}`,
      /alias/,
    ],
  ])('because it %s is told as such', (_, text, what) => {
    if (text !== undefined) writeFileSync(file, text);
    const error = problemOf(() => loadConfig(schema, file));
    expect(error.code).toBe('CONFIG_UNREADABLE');
    expect(error.problems.join(' ')).toMatch(what);
  });
});
