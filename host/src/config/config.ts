// Configuration files, read through a schema; all problems are told at once, each with its path.
import { readFileSync } from 'node:fs';
import { describeIssues, WellheadError } from '@wellhead/protocol';
import { parseDocument } from 'yaml';
import type { z } from 'zod';

/** A configuration that cannot be used, with every problem at once: path, what is wrong, what to do. */
export class ConfigError extends WellheadError {
  readonly problems: readonly string[];

  constructor(
    code: 'CONFIG_UNREADABLE' | 'CONFIG_INVALID',
    file: string,
    problems: readonly string[],
    cause?: unknown,
  ) {
    super(code, `${file} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`, {
      cause,
    });
    this.problems = problems;
  }
}

/**
 * Reads a YAML configuration file through its schema; without a file, the schema's defaults.
 * `check` finds what a schema cannot see (files that must exist, names that must agree) and returns problems.
 * It gets the document as it was read, so that its problems are told together with the schema's: what the
 * schema refuses there, it must pass over.
 * @throws ConfigError CONFIG_UNREADABLE or CONFIG_INVALID
 */
export function loadConfig<Schema extends z.ZodType>(
  schema: Schema,
  file: string | undefined,
  check: (document: unknown) => readonly string[] = () => [],
): z.infer<Schema> {
  const name = file ?? '(defaults)';
  const document = (file === undefined ? undefined : readYaml(file)) ?? {};
  const parsed = schema.safeParse(document);
  const problems = [...(parsed.success ? [] : describeIssues(parsed.error)), ...check(document)];
  if (!parsed.success || problems.length > 0) throw new ConfigError('CONFIG_INVALID', name, problems);
  return deepFreeze(parsed.data);
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError('CONFIG_UNREADABLE', file, [`cannot be read: ${(cause as Error).message}`], cause);
  }
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw new ConfigError(
      'CONFIG_UNREADABLE',
      file,
      document.errors.map((error) => error.message.replaceAll('\n', ' ').trim()),
    );
  }
  try {
    return document.toJS() as unknown;
  } catch (cause) {
    // Aliases that unfold to more than memory holds.
    throw new ConfigError('CONFIG_UNREADABLE', file, [(cause as Error).message], cause);
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
