// Links within the page: real addresses, opened without loading the page again.
import { type PageAddress, writeAddress } from '../page/page-address.ts';

export interface LinkProps {
  readonly href: string;
  readonly onClick: (event: MouseEvent) => void;
}

export interface PageLinks {
  /** A link to something else; only the zone stays as it is. */
  readonly to: (address: Partial<PageAddress> & Pick<PageAddress, 'view'>) => LinkProps;
  /** A link to the same with some of it changed; `undefined` takes a part away. */
  readonly with: (changes: Changes) => LinkProps;
  readonly go: (changes: Changes, how?: 'replace') => void;
}

export type Changes = { readonly [Name in keyof PageAddress]?: PageAddress[Name] | undefined };

export function pageLinks(
  address: PageAddress,
  open: (next: PageAddress, how?: 'replace') => void,
): PageLinks {
  const linkTo = (next: PageAddress): LinkProps => ({
    href: writeAddress(next),
    onClick: (event) => {
      // A new tab or window is the browser's affair.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      open(next);
    },
  });
  return {
    to: (next) => linkTo({ zone: address.zone, range: { name: '30d' }, ...next }),
    with: (changes) => linkTo(changed(address, changes)),
    go: (changes, how) => open(changed(address, changes), how),
  };
}

function changed(address: PageAddress, changes: Changes): PageAddress {
  const all = Object.entries({ ...address, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as PageAddress;
}
