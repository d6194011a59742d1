// The columns of an export as Arrow: those of the Parquet file, with the same names and in the same order.
import { tags } from '@wellhead/protocol';
import type { Data, DataType } from 'apache-arrow';
import type { ReadingTable } from '../../store/reading-table.ts';
import { ArrowData } from './arrow-data.ts';
import { causeOf, textOf } from './cell-text.ts';
import type { Layout } from './exported.ts';
import type { Arrow } from './load-arrow.ts';

export interface ArrowColumn {
  readonly name: string;
  readonly type: DataType;
  readonly isNullable: boolean;
  data(table: ReadingTable, sensor: string): Data;
}

/** Times are whole milliseconds, cut off; what is no number stands in `<property>_text`. */
export function arrowColumns(arrow: Arrow, { properties, namesSensor }: Layout): ArrowColumn[] {
  const make = new ArrowData(arrow);
  const [instant, whole] = [new arrow.TimestampMillisecond('UTC'), new arrow.Int64()];
  const [byte, text] = [new arrow.Uint8(), new arrow.Utf8()];
  const wholes = (name: string, type: DataType, of: (table: ReadingTable) => Float64Array): ArrowColumn => ({
    name,
    type,
    isNullable: false,
    data: (table) => make.wholes(type, of(table)),
  });
  const named: ArrowColumn = {
    name: 'sensor',
    type: text,
    isNullable: false,
    data: ({ count }, sensor) => make.texts(count, () => sensor),
  };
  return [
    ...(namesSensor ? [named] : []),
    wholes('measuredAt', instant, ({ measuredAt }) => measuredAt),
    wholes('seq', whole, ({ seqs }) => seqs),
    {
      name: 'origin',
      type: text,
      isNullable: false,
      data: ({ count, origins: { ids, byId } }) => make.texts(count, (i) => byId[ids[i]!]),
    },
    wholes('revision', whole, ({ revisions }) => revisions),
    wholes('receivedAt', instant, ({ receivedAt }) => receivedAt),
    wholes('storedAt', instant, ({ storedAt }) => storedAt),
    {
      name: 'timeFlag',
      type: byte,
      isNullable: false,
      data: ({ timeFlags }) => make.bytes(timeFlags, () => true),
    },
    {
      name: 'timeCause',
      type: text,
      isNullable: true,
      data: ({ count, timeCauses }) => make.texts(count, (i) => causeOf(timeCauses[i]!)),
    },
    ...properties.flatMap((name, p) => cellColumns({ name, p, make, arrow })),
  ];
}

interface Property {
  readonly name: string;
  /** Its place among those asked for. */
  readonly p: number;
  readonly make: ArrowData;
  readonly arrow: Arrow;
}

/** A property that a reading does not name is null in all of them; one without a value has its flag (9). */
function cellColumns({ name, p, make, arrow }: Property): ArrowColumn[] {
  const [byte, text] = [new arrow.Uint8(), new arrow.Utf8()];
  return [
    {
      name,
      type: new arrow.Float64(),
      isNullable: true,
      data: ({ cells }) => {
        const { numbers, kinds } = cells[p]!.values;
        return make.numbers(numbers, (i) => kinds[i] === tags.number);
      },
    },
    {
      name: `${name}_text`,
      type: text,
      isNullable: true,
      data: ({ count, cells }) => make.texts(count, (i) => textOf(cells[p]!.values, i)),
    },
    {
      name: `${name}_flag`,
      type: byte,
      isNullable: true,
      data: ({ cells }) => {
        const { flags, values } = cells[p]!;
        return make.bytes(flags, (i) => values.kinds[i] !== tags.absent);
      },
    },
    {
      name: `${name}_cause`,
      type: text,
      isNullable: true,
      data: ({ count, cells }) => {
        const { causes, values } = cells[p]!;
        return make.texts(count, (i) => (values.kinds[i] === tags.absent ? undefined : causeOf(causes[i]!)));
      },
    },
  ];
}
