// Schemas as JSON Schema, with those that have a name kept once for all.
import { z } from 'zod';

/** As much of JSON Schema as is looked at here. */
export interface Schema {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const here = '"#/$defs/';
const there = '"#/components/schemas/';

/** One collection for one document. */
export function jsonSchemas() {
  const named: Record<string, Schema> = {};
  const convert = (io: 'input' | 'output') => (schema: z.ZodType) => {
    const made = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      // Lists are readonly for the compiler only; OpenAPI would read it as "never send this".
      override: ({ jsonSchema }) => {
        delete jsonSchema.readOnly;
      },
    });
    const { $schema, $defs, ...rest } = JSON.parse(JSON.stringify(made).replaceAll(here, there)) as Schema & {
      $schema?: string;
      $defs?: Record<string, Schema>;
    };
    Object.assign(named, $defs);
    return rest as Schema;
  };
  return { input: convert('input'), output: convert('output'), components: () => named };
}
