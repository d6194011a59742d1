// The address of the page as state: links change it, and the browser's own buttons too.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { type PageAddress, readAddress, writeAddress } from './page-address.ts';

export function usePageAddress(): readonly [PageAddress, (next: PageAddress, how?: 'replace') => void] {
  const [address, setAddress] = useState(() => readAddress(location.search));
  const open = useCallback((next: PageAddress, how?: 'replace') => {
    if (how === 'replace') history.replaceState(null, '', writeAddress(next));
    else history.pushState(null, '', writeAddress(next));
    setAddress((before) => {
      if (isOtherView(before, next)) scrollTo(0, 0);
      return next;
    });
  }, []);
  useEffect(() => {
    const back = () => setAddress(readAddress(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  return [address, open];
}

function isOtherView(a: PageAddress, b: PageAddress): boolean {
  return (
    a.view !== b.view ||
    a.site !== b.site ||
    a.sensor !== b.sensor ||
    a.event !== b.event ||
    a.page !== b.page
  );
}
