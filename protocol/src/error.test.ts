import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes, WellheadError } from './error.ts';

const entries = Object.entries(errorCodes) as [ErrorCode, string][];

describe('the catalogue of errors', () => {
  it.each(entries)('%s is an upper-case code with a hint in whole sentences', (code, hint) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/);
    expect(hint).toMatch(/^[A-Z`].{20,}\.$/s);
  });

  it('gives each error the hint of its code, unless there is a better one', () => {
    const cause = new Error('ENOSPC');
    const plain = new WellheadError('LOG_WRITE', 'the log could not write', { cause });
    expect(plain).toMatchObject({
      name: 'WellheadError',
      code: 'LOG_WRITE',
      message: 'the log could not write',
      hint: errorCodes.LOG_WRITE,
      cause,
    });
    expect(plain).toBeInstanceOf(Error);
    expect(new WellheadError('LOG_WRITE', 'm', { hint: 'Do this.' }).hint).toBe('Do this.');
  });
});
