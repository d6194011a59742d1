// How an exported file is described: CSV on the Web, with units and datum beside.
import { z } from 'zod';

const columnSchema = z.strictObject({
  name: z.string(),
  titles: z.string(),
  datatype: z.enum(['datetime', 'number', 'integer', 'string', 'any']),
  'dc:description': z.string(),
  'wellhead:unit': z.exactOptional(z.string()).describe('as people write it; empty for a pure number'),
});

export const fileDescriptionSchema = z
  .strictObject({
    '@context': z.literal('http://www.w3.org/ns/csvw'),
    url: z.string().describe('the CSV it describes'),
    'dc:title': z.string(),
    'dc:license': z.exactOptional(z.string()).describe('what others may do with the readings'),
    'wellhead:datum': z.exactOptional(z.string()).describe('what levels are measured from'),
    'wellhead:sensors': z
      .exactOptional(
        z
          .array(
            z.strictObject({
              name: z.string().describe('as in the column `sensor`'),
              titles: z.string(),
              type: z.string(),
              'wellhead:datum': z.exactOptional(z.string()),
            }),
          )
          .readonly(),
      )
      .describe('whose readings stand in the file, one after another, where they are several'),
    tableSchema: z.strictObject({ columns: z.array(columnSchema).readonly() }),
  })
  .meta({ id: 'FileDescription' });
