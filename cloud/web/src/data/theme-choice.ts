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
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = (isDark: boolean) => {
    document.documentElement.classList.toggle('dark', isDark);
    dispatchEvent(new Event('themechange'));
  };
  const update = () => show(choice === 'system' ? dark.matches : choice === 'dark');
  const print = () => show(false);
  update();
  dark.addEventListener('change', update);
  addEventListener('beforeprint', print);
  addEventListener('afterprint', update);
  return () => {
    dark.removeEventListener('change', update);
    removeEventListener('beforeprint', print);
    removeEventListener('afterprint', update);
  };
}
