// Ids and versions that are the same for every repeat of a reading, so that Elasticsearch holds it once.
import { createHash } from 'node:crypto';

/**
 * Names a series: what one journal (origin) sends for one sensor of one site. Hashed, because names may be longer than
 * the 512 bytes of a document id, and because ids that begin alike are found faster.
 */
export function seriesId(site: string, origin: string, sensor: string): string {
  return createHash('sha256')
    .update(JSON.stringify([site, origin, sensor]))
    .digest('base64url')
    .slice(0, 22);
}

/** The id of a reading's document: the same for every repeat and every correction. */
export function readingId(series: string, seq: number): string {
  return `${series}-${seq}`;
}

/** External versions begin at 1. A lower or equal one is refused with 409, so a repeat changes nothing. */
export function versionOf(revision: number): number {
  return revision + 1;
}
