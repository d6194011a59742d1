// How far drivers are in sources that keep their readings. It stands in the journal and shares its fate: where
// the readings are gone, so is the place, and the source is read again.
import type { KeyValueDb } from '@wellhead/host';
import type { Places } from '../reading/checkpoints.ts';
import { placeKey } from './keys.ts';

export function openPlaces(db: KeyValueDb, onUnkept: () => void): Places {
  return {
    read: (sensor) => db.get(placeKey(sensor)),
    async write(sensor, place) {
      try {
        // No sync of its own: the next reading's takes it along, and a place that is lost costs reading twice.
        await db.put(placeKey(sensor), place);
      } catch {
        onUnkept();
      }
    },
  };
}
