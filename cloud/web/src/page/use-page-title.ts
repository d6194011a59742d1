// The title of the page, by what it shows.
import { useEffect } from 'preact/hooks';
import type { PageAddress } from './page-address.ts';

/** The browser's tab and history name what is shown. */
export function usePageTitle(address: PageAddress): void {
  const title = titleOf(address);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function titleOf({ view, site, sensor }: PageAddress): string {
  const what =
    view === 'charts'
      ? `${site}${sensor === undefined ? '' : `/${sensor}`}`
      : view[0]!.toUpperCase() + view.slice(1);
  return `${what} · Wellhead`;
}
