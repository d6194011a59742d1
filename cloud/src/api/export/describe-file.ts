// What stands in an exported file: its columns with titles, units and datum, and its licence.
// In the words of CSV on the Web (W3C, Metadata Vocabulary for Tabular Data), which R and Python packages read.
import { flagWords } from '@wellhead/protocol';
import type { z } from 'zod';
import type { fileDescriptionSchema } from '../answer/file-description.ts';
import type { SensorAnswer } from '../answers.ts';

export type FileDescription = z.input<typeof fileDescriptionSchema>;
type Column = FileDescription['tableSchema']['columns'][number];

const instant = 'datetime';
const fixedColumns: readonly Column[] = [
  {
    name: 'measuredAt',
    titles: 'Measured at',
    datatype: instant,
    'dc:description': 'the sensor’s time, UTC',
  },
  {
    ...{ name: 'seq', titles: 'Number', datatype: 'number' },
    'dc:description': 'with origin and sensor it names the reading for ever',
  },
  { name: 'origin', titles: 'Origin', datatype: 'string', 'dc:description': 'the journal that numbered it' },
  {
    ...{ name: 'revision', titles: 'Revision', datatype: 'number' },
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
    ...{ name: 'timeCause', titles: 'Cause of that flag', datatype: 'string' },
    'dc:description': 'which test gave the flag',
  },
];

export interface Described {
  readonly sensor: SensorAnswer;
  readonly properties: readonly string[];
  /** Address of the CSV. */
  readonly url: string;
  readonly datum: string | undefined;
  readonly licence: string | undefined;
}

export function describeFile({ sensor, properties, url, datum, licence }: Described): FileDescription {
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    url,
    'dc:title': `${sensor.title} (${sensor.site}/${sensor.sensor})`,
    ...(licence === undefined ? {} : { 'dc:license': licence }),
    ...(datum === undefined ? {} : { 'wellhead:datum': datum }),
    tableSchema: {
      columns: [...fixedColumns, ...properties.flatMap((property) => columnsOf(property, sensor))],
    },
  };
}

/** What a file carries with it, by key. */
export function fileMetadata(description: FileDescription): Readonly<Record<string, string>> {
  const { 'dc:license': licence } = description;
  return { csvw: JSON.stringify(description), ...(licence === undefined ? {} : { license: licence }) };
}

function columnsOf(name: string, sensor: SensorAnswer): Column[] {
  const known = sensor.properties.find((property) => property.name === name);
  const title = known?.title ?? name;
  return [
    {
      ...{ name, titles: title, datatype: 'any' },
      'dc:description': 'as the sensor gave it, never changed',
      ...(known?.unit === undefined ? {} : { 'wellhead:unit': known.unit }),
    },
    {
      ...{ name: `${name}_flag`, titles: `Flag of ${title}`, datatype: 'integer' },
      'dc:description': flagsInWords(),
    },
    {
      ...{ name: `${name}_cause`, titles: `Cause of that flag`, datatype: 'string' },
      'dc:description': 'which test gave the flag',
    },
  ];
}

function flagsInWords(): string {
  return Object.entries(flagWords)
    .map(([flag, word]) => `${flag} ${word}`)
    .join(', ');
}
