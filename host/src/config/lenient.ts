// Building blocks to look at a document as far as it is there: what is missing or of another shape is passed
// over, for its schema speaks of it, and one wrong key must not hide the problems of others.
import { z } from 'zod';

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const lenient = {
  text: z.string().optional().catch(undefined),
  keys: z.preprocess((value) => (isObject(value) ? Object.keys(value) : []), z.array(z.string())),
  object: <Shape extends z.ZodRawShape>(shape: Shape) =>
    z.preprocess((value) => (isObject(value) ? value : {}), z.object(shape)),
  list: <Item extends z.ZodType>(item: Item) =>
    z.preprocess((value) => (Array.isArray(value) ? value : []), z.array(item)),
};
