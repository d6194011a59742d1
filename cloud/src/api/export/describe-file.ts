// What stands in an exported file: its columns with titles, units and datum, and its licence.
// In the words of CSV on the Web (W3C, Metadata Vocabulary for Tabular Data), which R and Python packages read.

import type { Site } from '@wellhead/protocol';
import { flagWords } from '@wellhead/protocol';
import type { z } from 'zod';
import type { SensorAnswer } from '../answer/answers.ts';
import type { fileDescriptionSchema } from '../answer/file-description.ts';
import type { Exported } from './exported.ts';

export type FileDescription = z.input<typeof fileDescriptionSchema>;
type Column = FileDescription['tableSchema']['columns'][number];

const instant = 'datetime';
const sensorColumn: Column = {
  name: 'sensor',
  titles: 'Sensor',
  datatype: 'string',
  'dc:description': 'its name at the site',
};
const fixedColumns: readonly Column[] = [
  {
    name: 'measuredAt',
    titles: 'Measured at',
    datatype: instant,
    'dc:description': 'the sensor’s time, UTC',
  },
  {
    name: 'seq',
    titles: 'Number',
    datatype: 'number',
    'dc:description': 'with origin and sensor it names the reading for ever',
  },
  { name: 'origin', titles: 'Origin', datatype: 'string', 'dc:description': 'the journal that numbered it' },
  {
    name: 'revision',
    titles: 'Revision',
    datatype: 'number',
    'dc:description': 'how often it was corrected',
  },
  {
    name: 'receivedAt',
    titles: 'Received at',
    datatype: instant,
    'dc:description': 'the gateway’s time, UTC',
  },
  { name: 'storedAt', titles: 'Stored at', datatype: instant, 'dc:description': 'the cloud’s time, UTC' },
  { name: 'timeFlag', titles: 'Flag of the time', datatype: 'integer', 'dc:description': flagsInWords() },
  {
    name: 'timeCause',
    titles: 'Cause of that flag',
    datatype: 'string',
    'dc:description': 'which test gave the flag',
  },
];

export interface Described extends Exported {
  /** Address of the CSV. */
  readonly url: string;
  /** What the site’s file says, where there is one. */
  readonly known: Site | undefined;
  readonly licence: string | undefined;
}

export function describeFile(described: Described): FileDescription {
  const { site, sensors, properties, namesSensor, url, known, licence } = described;
  const datumOf = (sensor: string) => {
    const datum = known?.sensors[sensor]?.datum;
    return datum === undefined ? {} : { 'wellhead:datum': datum };
  };
  const [only] = sensors;
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    url,
    'dc:title': namesSensor
      ? `${known?.title ?? site} (${site})`
      : `${only!.title} (${site}/${only!.sensor})`,
    ...(licence === undefined ? {} : { 'dc:license': licence }),
    ...(namesSensor
      ? {
          'wellhead:sensors': sensors.map(({ sensor, title, type }) => ({
            name: sensor,
            titles: title,
            type,
            ...datumOf(sensor),
          })),
        }
      : datumOf(only!.sensor)),
    tableSchema: {
      columns: [
        ...(namesSensor ? [sensorColumn] : []),
        ...fixedColumns,
        ...properties.flatMap((property) => columnsOf(property, sensors)),
      ],
    },
  };
}

/** What a file carries with it, by key. */
export function fileMetadata(description: FileDescription): Readonly<Record<string, string>> {
  const { 'dc:license': licence } = description;
  return { csvw: JSON.stringify(description), ...(licence === undefined ? {} : { license: licence }) };
}

function columnsOf(name: string, sensors: readonly SensorAnswer[]): Column[] {
  const known = sensors.flatMap(({ properties }) => properties.filter((property) => property.name === name));
  // Types may call the same property differently.
  const titles = new Set(known.flatMap(({ title }) => (title === undefined ? [] : [title])));
  const title = titles.size === 0 ? name : [...titles].join(' / ');
  // One where it is sent: several are refused.
  const unit = known
    .toSorted((a, b) => Number(b.isSent) - Number(a.isSent))
    .find((one) => one.unit !== undefined)?.unit;
  return [
    {
      name,
      titles: title,
      datatype: 'any',
      'dc:description': 'as the sensor gave it, never changed',
      ...(unit === undefined ? {} : { 'wellhead:unit': unit }),
    },
    {
      name: `${name}_flag`,
      titles: `Flag of ${title}`,
      datatype: 'integer',
      'dc:description': flagsInWords(),
    },
    {
      name: `${name}_cause`,
      titles: `Cause of that flag`,
      datatype: 'string',
      'dc:description': 'which test gave the flag',
    },
  ];
}

function flagsInWords(): string {
  return Object.entries(flagWords)
    .map(([flag, word]) => `${flag} ${word}`)
    .join(', ');
}
