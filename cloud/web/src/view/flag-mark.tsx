// The mark of a flag, the same shape and colour as in the charts. Words always stand beside it.

export function FlagMark({ flag }: { readonly flag: number }) {
  return (
    <svg class={`flag-mark flag-${flag}`} viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
      <path d={shapes[flag] ?? shapes[2]!} />
    </svg>
  );
}

const shapes: Readonly<Record<number, string>> = {
  1: 'M7 3.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z',
  2: 'M7 3.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z',
  3: 'M7 1.5L12.5 7L7 12.5L1.5 7z',
  4: 'M2.5 2.5L11.5 11.5M2.5 11.5L11.5 2.5',
  9: 'M7 2V12',
};
