// The cloud's clock, ticking, for ages in words.
import { useEffect, useState } from 'preact/hooks';

export function useNow(clockOffsetMs: number, everyMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now + clockOffsetMs;
}
