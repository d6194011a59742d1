// The API as a page for people, from the same list that the server is made of.
import type { ApiDescription, Operation, Parameter } from '../cloud/src/api/http/openapi.ts';
import { type ProblemCode, problems } from '../cloud/src/api/http/problem.ts';

/** The parts of the page: one for each operation, then the refusals. */
export function apiPage({ paths }: ApiDescription): string[] {
  return [
    ...Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => section(method, path, operation)),
    ),
    '## Refusals',
    'Every refusal is `application/problem+json` (RFC 9457): `code` stays the same, `detail` says what happened and what to do, `problems` names every parameter to mend.',
    table(['code', 'status', 'what it says'], Object.keys(problems).map(problemRow)),
  ];
}

function problemRow(code: string): string[] {
  const { status, title } = problems[code as ProblemCode];
  return [`\`${code}\``, String(status), title];
}

function section(method: string, path: string, operation: Operation): string {
  const { summary, description, parameters, responses } = operation;
  const answers = Object.entries(responses)
    .filter(([status]) => Number(status) < 400)
    .map(([status, answer]) => {
      const forms = Object.keys(answer.content ?? {}).map((type) => `\`${type}\``);
      return `${status}${forms.length > 0 ? ` (${forms.join(', ')})` : ''}: ${answer.description}.`;
    });
  return [
    `## ${method.toUpperCase()} ${path}`,
    `${sentence(summary)} Needs the role \`${operation['x-role']}\`.`,
    ...(description === undefined ? [] : [description]),
    ...(parameters.length === 0
      ? []
      : [table(['parameter', 'what it is', 'value', 'example'], parameters.map(row))]),
    answers.join('\n\n'),
  ].join('\n\n');
}

function row({ name, required, description, schema, example }: Parameter): string[] {
  const value = schema.enum?.map((one) => `\`${String(one)}\``).join(' or ') ?? schema.type ?? '';
  const shown = example === undefined ? '' : `\`${String(example)}\``;
  return [
    `\`${name}\`${required ? ' (required)' : ''}`,
    description,
    value === 'string' ? 'text' : value,
    shown,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
  return lines.join('\n');
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
