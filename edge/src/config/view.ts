// The document as far as it is there: so that all problems come at once, whatever else is wrong.
import { lenient } from '@wellhead/host';
import { z } from 'zod';
import type { DriverCheck } from '../driver/driver-entry.ts';
import { type DriverName, type Drivers, drivers } from '../driver/registry.ts';

const { keys, list, object, text } = lenient;

const number = z.number().optional().catch(undefined);

type DriverViews = { [Name in DriverName]: z.ZodOptional<z.ZodNullable<Drivers[Name]['check']['view']>> };

const driverViews = Object.fromEntries(
  Object.entries(drivers).map(([name, { check }]) => [name, check.view.nullish()]),
) as DriverViews;

const edgeView = object({
  buses: list(
    object({ id: text, serial: object({ path: text }), tcp: object({ host: text, port: number }) }),
  ),
  sensorTypes: list(text),
  sensors: list(object({ id: text, type: text, quality: keys, ...driverViews })),
  broker: object({ host: text, users: z.unknown().optional() }),
});

/** What the cross-checks look at, as far as it is there. */
export type EdgeView = z.infer<typeof edgeView>;
export type SensorView = EdgeView['sensors'][number];

export function readEdgeView(document: unknown): EdgeView {
  return edgeView.parse(document);
}

export interface DriverView {
  readonly name: DriverName;
  readonly targets: readonly (readonly [place: string, property: string | undefined])[];
  readonly lists: readonly (readonly [place: string, names: readonly (string | undefined)[]])[];
  readonly occupies: { readonly bus: string | undefined; readonly address: string | undefined } | undefined;
  readonly onBus: (bus: { readonly isSerial: boolean }) => readonly string[];
}

/** What the sensor's drivers say of its keys: mostly one driver. */
export function driverViewsOf(sensor: SensorView): readonly DriverView[] {
  return Object.entries(drivers).flatMap(([name, { check }]) => {
    const view = sensor[name as DriverName];
    const any: DriverCheck<unknown> = check;
    return view === undefined || view === null ? [] : [viewOf(name as DriverName, any, view)];
  });
}

function viewOf<View>(name: DriverName, check: DriverCheck<View>, view: View): DriverView {
  return {
    name,
    targets: [...check.targets(view)],
    lists: [...(check.lists?.(view) ?? [])],
    occupies: check.occupies?.(view),
    onBus: (bus) => [...(check.onBus?.(view, bus) ?? [])],
  };
}
