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
  readonly process: string;
  readonly fault: string;
  readonly maintenance: string;
  readonly annotation: string;
  readonly family: string;
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
    process: colour('suspect'),
    fault: colour('bad'),
    maintenance: colour('muted'),
    annotation: colour('text'),
    family: style.fontFamily,
    font: `12px ${style.fontFamily}`,
  };
}

/** Calls back when the page goes from light to dark or to paper, or back; returns what ends it. */
export function watchTheme(changed: () => void): () => void {
  addEventListener('themechange', changed);
  return () => removeEventListener('themechange', changed);
}

/** What lies between the margins of a sheet of A4, less those of a chart; in pixels of a screen. */
const paperWidth = 680;

/** How wide a chart is drawn: paper has its own measure, and it is not laid out yet when we are told of it. */
export function chartWidth(element: Element): number {
  return document.documentElement.classList.contains('paper') ? paperWidth : element.clientWidth;
}
