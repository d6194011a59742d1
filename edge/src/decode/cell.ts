// Values as text to values: for files and feeds, where nothing but the source itself can spoil them.
import type { SensorType, Value } from '@wellhead/protocol';

type Property = SensorType['properties'][number];

const numeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/**
 * What the text denotes for this property. Text that is no number stays as it is: quality knows codes for
 * missing values, and calls the rest bad, while the other values of the reading are still good.
 */
export function readCell(cell: string, property: Pick<Property, 'kind'>, decimal: '.' | ',' = '.'): Value {
  const text = cell.trim();
  if (text === '') return null;
  if (property.kind === 'text') return text;
  if (property.kind === 'boolean')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  // With a decimal comma a point would be one of thousands, and is left to quality.
  const plain = decimal === '.' ? text : text.includes('.') ? '' : text.replace(',', '.');
  const value = numeral.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : text;
}
