// No function body of five lines or more stands twice.
import { type Node, parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';
import { isForTests, readSources, walk } from './sources.ts';

const minLines = 5;

interface Body {
  readonly place: string;
  readonly text: string;
}

it('no function body of five lines or more stands twice', () => {
  const places = new Map<string, string[]>();
  for (const { path, text } of readSources().filter((source) => !isForTests(source.path)))
    for (const body of bodiesOf(path, text))
      places.set(body.text, [...(places.get(body.text) ?? []), body.place]);
  expect([...places.values()].filter((found) => found.length > 1)).toEqual([]);
});

it('sees through comments and blanks, and counts lines of code alone', () => {
  const body = (more: string) => `function f() {\n${more}\n}`;
  const four = 'const a = 1;\nconst b = 2;\n// why\n\nconst c = 3;\nreturn a + b + c;';
  const five = `${four.replace('// why', 'use(a);')}`;
  expect(bodiesOf('a.ts', body(four))).toEqual([]);
  const [one] = bodiesOf('a.ts', body(five));
  const [other] = bodiesOf(
    'b.ts',
    `class C {\n  /** What. */\n  ${body(five.replaceAll('\n', '\n    // other words\n')).replace(
      'function f',
      'g',
    )}\n}`,
  );
  expect(one!.text).toBe(other!.text);
  expect(one!.place).toBe('a.ts:1');
});

function bodiesOf(path: string, source: string): Body[] {
  const { program, comments } = parseSync(path, source);
  const code = [...source];
  for (const { start, end } of comments)
    for (let i = start; i < end; i++) if (code[i] !== '\n') code[i] = ' ';
  const plain = code.join('');
  const bodies: Body[] = [];
  walk(program, (node) => {
    if (!/Function/.test(node.type) || !('body' in node)) return;
    const block = node.body as Node | null;
    if (block?.type !== 'BlockStatement') return;
    const lines = plain
      .slice(block.start + 1, block.end - 1)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length < minLines) return;
    const line = source.slice(0, node.start).split('\n').length;
    bodies.push({ place: `${path}:${line}`, text: lines.join('\n') });
  });
  return bodies;
}
