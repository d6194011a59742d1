// Light or dark: as the system has it until the reader chooses; the choice stays in this browser.

export type ThemeChoice = 'system' | 'light' | 'dark';

const place = 'wellhead-theme';

export function readThemeChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(place);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    // Browsers may forbid storage; the system's theme is right then.
    return 'system';
  }
}

/** Puts the choice on the page, keeps it, and follows the system; returns what ends that. Paper is light. */
export function applyTheme(choice: ThemeChoice): () => void {
  try {
    localStorage.setItem(place, choice);
  } catch {
    // Then it lasts until the page is closed.
  }
  const end = new AbortController();
  const { signal } = end;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paper = matchMedia('print');
  const show = (isPaper: boolean) => {
    const isDark = choice === 'system' ? dark.matches : choice === 'dark';
    document.documentElement.classList.toggle('dark', isDark && !isPaper);
    document.documentElement.classList.toggle('paper', isPaper);
    dispatchEvent(new Event('themechange'));
  };
  show(paper.matches);
  dark.addEventListener('change', () => show(paper.matches), { signal });
  // Browsers differ in which of these they tell, and in the order.
  paper.addEventListener('change', () => show(paper.matches), { signal });
  addEventListener('beforeprint', () => show(true), { signal });
  addEventListener('afterprint', () => show(false), { signal });
  return () => end.abort();
}
