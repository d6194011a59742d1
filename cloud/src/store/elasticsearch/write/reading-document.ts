// A reading as a document of Elasticsearch, in JSON made for speed.
import { type Block, causeName, clockName, tags, valueAt } from '@wellhead/protocol';
import { qualityWord, rankOfFlag } from '../../quality-word.ts';
import type { StoredBatch } from '../../reading-store.ts';
import { fieldOf } from '../open/field-name.ts';
import { isPlainNumber, toRaw } from '../open/raw-value.ts';

/** Writes the readings of one block as documents, with what they share prepared once. */
export interface DocumentWriter {
  /** The document of the reading at `index`, as JSON. */
  json(index: number): string;
}

export function documentWriter(batch: StoredBatch, block: Block, series: string): DocumentWriter {
  const keys = block.properties.map((property) => JSON.stringify(fieldOf(property)));
  const { storedAt } = batch;
  const shared = JSON.stringify({
    series,
    site: batch.site,
    sensor: block.sensor,
    gateway: batch.gateway,
    type: block.type,
    origin: batch.origin,
    rules: block.rules,
    historical: batch.lane === 'historical',
    storedAt: Math.floor(storedAt),
    seqIsTime: batch.seqIsTime,
  }).slice(1, -1);
  return {
    json(index) {
      const measuredAt = block.measuredAt[index]!;
      const receivedAt = block.receivedAt[index]!;
      const timeFlag = block.timeFlags[index]!;
      const timeCause = block.timeCauses[index]!;
      let values = '';
      let raw = '';
      let flags = '';
      let causes = '';
      let worst = rankOfFlag(timeFlag);
      for (let p = 0; p < keys.length; p++) {
        const column = block.values[p]!;
        const kind = column.kinds[index];
        if (kind === tags.absent) continue;
        const key = keys[p]!;
        const number = column.numbers[index]!;
        if (kind === tags.number && isPlainNumber(number)) values += `${values && ','}${key}:${number}`;
        else raw += `${raw && ','}${key}:${JSON.stringify(toRaw(valueAt(column, index)!))}`;
        const flag = block.flags[p]![index]!;
        flags += `${flags && ','}${key}:${flag}`;
        worst = Math.max(worst, rankOfFlag(flag));
        const cause = block.causes[p]![index]!;
        if (cause !== 0) causes += `${causes && ','}${key}:"${causeName(cause)}"`;
      }
      return (
        `{"@timestamp":${Math.floor(measuredAt)},"measuredAtMs":${measuredAt},"receivedAt":${Math.floor(receivedAt)},` +
        `${shared},"seq":${block.seqs[index]!},"revision":${block.revisions[index]!},` +
        `"clock":"${clockName(block.clocks[index]!)}","timeFlag":${timeFlag},` +
        `${timeCause === 0 ? '' : `"timeCause":"${causeName(timeCause)}",`}"qc":"${qualityWord(worst)}",` +
        `"values":{${values}},"flags":{${flags}}` +
        `${causes && `,"causes":{${causes}}`}${raw && `,"raw":{${raw}}`}${fractions(receivedAt, storedAt)}}`
      );
    },
  };
}

/** Date fields hold whole milliseconds; what was finer stands beside them, where it is not looked into. */
function fractions(receivedAt: number, storedAt: number): string {
  if (Number.isInteger(receivedAt) && Number.isInteger(storedAt)) return '';
  return `,"exact":{"receivedAt":${receivedAt},"storedAt":${storedAt}}`;
}
