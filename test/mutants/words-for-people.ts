// What is only said to people (log lines, the text and hint of an error) is not changed: no promise hangs on it.

/** The part of the syntax tree's nodes and paths that is asked for here. */
interface Callee {
  readonly type: string;
  readonly name?: string;
  readonly object?: Callee;
}
interface Path {
  readonly node: { readonly type: string; readonly callee?: Callee };
}

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'words-for-people',
    value: {
      shouldIgnore({ node }: Path): string | undefined {
        const { type, callee } = node;
        if (type === 'NewExpression' && callee?.name === 'WellheadError') return 'the words of an error';
        if (type === 'CallExpression' && ['log', 'console'].includes(callee?.object?.name ?? ''))
          return 'a log line';
        return undefined;
      },
    },
  },
];
