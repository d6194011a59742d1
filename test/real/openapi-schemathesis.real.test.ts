// The API keeps what its own description says, asked by a program that makes questions from it: schemathesis.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestApi } from '../../cloud/src/api/open-api.testing.ts';
import { openDemoApi } from './demo-api.ts';
import { tryPython } from './python-packages.ts';

const version = '4.32.5';
const installed = tryPython(`schemathesis-${version}`, [`schemathesis==${version}`]);
const why = 'missing' in installed ? ` (${installed.missing})` : '';
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'allow_header_conformance',
];

let api: TestApi;
beforeAll(async () => {
  api = await openDemoApi();
});
afterAll(() => api.close());

it.skipIf('missing' in installed)(
  `no question that its description allows brings an answer that it does not describe${why}`,
  async () => {
    if ('missing' in installed) return;
    const { stdout } = await promisify(execFile)(
      join(installed.programs, 'schemathesis'),
      [
        ...['--config-file', fileURLToPath(new URL('schemathesis.toml', import.meta.url))],
        ...['run', `${api.url}/api/v1/openapi.json`, '--checks', checks.join(',')],
        // An answer without an end would be waited for.
        ...['--exclude-path', '/api/v1/live'],
        ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '40', '--seed', '20260601'],
        ...[
          '--continue-on-failure',
          '--no-color',
          '--suppress-health-check',
          'all',
          '--request-timeout',
          '20',
        ],
      ],
      { maxBuffer: 64 * 1024 ** 2, cwd: join(installed.programs, '..') },
    ).catch((error: { stdout: string; stderr: string }) => {
      // Questions made by chance can be very long.
      const lines = `${error.stdout}${error.stderr}`.split('\n').map((line) => line.slice(0, 300));
      throw new Error(lines.join('\n'));
    });
    expect(stdout).toMatch(/No issues found|passed/i);
    expect(api.errors).toEqual([]);
    // Else it would only have met refusals.
    const counted = await api.meters.text();
    const answered = Number(/http_requests_total\{status="200"\} (\d+)/.exec(counted)?.[1]);
    expect(answered).toBeGreaterThan(50);
  },
);
