// Hands the zone of times to everything that shows a time, without passing it through every part.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { formatTime } from './time.ts';

/** An IANA name. */
export const ZoneContext = createContext('UTC');

/** Formats milliseconds since 1970 in the zone that the reader chose. */
export function useTime(): (ms: number) => string {
  const zone = useContext(ZoneContext);
  return (ms) => formatTime(ms, zone);
}
