// How far drivers are in sources that keep their readings. It stands in the journal and shares its fate: where
// the readings are gone, so is the checkpoint, and the source is read again.
import type { KeyValueDb } from '@wellhead/host';
import type { Checkpoints } from '../reading/checkpoints.ts';
import { checkpointKey } from './keys.ts';

export function openCheckpoints(db: KeyValueDb, onUnkept: () => void): Checkpoints {
  return {
    read: (sensor) => db.get(checkpointKey(sensor)),
    async write(sensor, checkpoint) {
      try {
        // No sync of its own: the next reading's takes it along, and a checkpoint that is lost costs reading twice.
        await db.put(checkpointKey(sensor), checkpoint);
      } catch {
        onUnkept();
      }
    },
  };
}
