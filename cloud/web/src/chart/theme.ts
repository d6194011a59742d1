// The canvas takes its colours from the style sheet, so that light and dark are decided in one place.

export interface Theme {
  readonly line: string;
  readonly axis: string;
  readonly grid: string;
  readonly gap: string;
  readonly suspect: string;
  readonly bad: string;
  readonly missing: string;
  readonly paper: string;
  readonly font: string;
}

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    line: colour('line'),
    axis: colour('muted'),
    grid: colour('grid'),
    gap: colour('gap'),
    suspect: colour('suspect'),
    bad: colour('bad'),
    missing: colour('missing'),
    paper: colour('panel'),
    font: `12px ${style.fontFamily}`,
  };
}

/** Calls back when the system goes from light to dark or back; returns what ends it. */
export function watchTheme(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}
