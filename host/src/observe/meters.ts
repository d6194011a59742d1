// Named counters, gauges and histograms of one program. Every loss, drop and refusal has a counter; counting is a
// plain addition, and the Prometheus text is made only when somebody asks.
import { Counter, Gauge, Registry } from 'prom-client';
import { openPlainHistogram, type PlainHistogram } from './plain-histogram.ts';

export interface MeterEntry {
  readonly help: string;
  /** Tells reasons apart. */
  readonly label?: string;
}

export interface HistogramEntry {
  readonly help: string;
  /** Upper bounds in the base unit, rising. */
  readonly buckets: readonly number[];
}

/** Everything that a program measures, by name. Names are short here and have the program's prefix outside. */
export interface MeterCatalogue {
  /** Begins every name that others see, as `wellhead_edge_`. */
  readonly prefix: string;
  readonly counters: Readonly<Record<string, MeterEntry>>;
  readonly gauges: Readonly<Record<string, MeterEntry>>;
  readonly histograms: Readonly<Record<string, HistogramEntry>>;
}

type NameOf<Part> = Extract<keyof Part, string>;

export interface Meters<
  CounterName extends string,
  GaugeName extends string = never,
  HistogramName extends string = never,
> {
  /** `label` tells reasons apart where the counter's entry names a label. */
  add(name: CounterName, amount?: number, label?: string): void;
  /** The sum over all labels. */
  value(name: CounterName): number;
  /** All counters, and the gauges that are read by now, as plain numbers under their short names. */
  snapshot(): Record<string, number>;
  /** From now on the gauge is what `read` says; until then it is not there. */
  gauge(name: GaugeName, read: () => number): void;
  /** Notes one observation, in the base unit of the name: seconds, mostly. */
  observe(name: HistogramName, value: number): void;
  /** Prometheus text format, version 0.0.4. */
  text(): Promise<string>;
}

export function openMeters<const Catalogue extends MeterCatalogue>(
  catalogue: Catalogue,
): Meters<NameOf<Catalogue['counters']>, NameOf<Catalogue['gauges']>, NameOf<Catalogue['histograms']>> {
  const { prefix, counters, gauges, histograms } = catalogue;
  const registry = new Registry();
  const counts = new Map<string, Map<string, number>>();
  const readGauges = new Map<string, () => number>();
  const observed = new Map<string, PlainHistogram>();
  for (const [name, entry] of Object.entries(counters))
    counts.set(name, openCounter(registry, `${prefix}${name}`, entry));
  for (const [name, entry] of Object.entries(histograms))
    observed.set(name, openPlainHistogram(registry, { ...entry, name: `${prefix}${name}` }));
  const sum = (name: string) => {
    let total = 0;
    for (const value of counts.get(name)?.values() ?? []) total += value;
    return total;
  };
  return {
    add(name, amount = 1, label = '') {
      const byLabel = counts.get(name)!;
      byLabel.set(label, (byLabel.get(label) ?? 0) + amount);
    },
    value: sum,
    snapshot() {
      const all: Record<string, number> = {};
      for (const name of counts.keys()) all[name] = sum(name);
      for (const [name, read] of readGauges) all[name] = read();
      return all;
    },
    gauge(name, read) {
      readGauges.set(name, read);
      new Gauge({
        name: `${prefix}${name}`,
        help: gauges[name]!.help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    observe: (name, value) => observed.get(name)!.observe(value),
    text: () => registry.metrics(),
  };
}

/** What it has counted, by label; one without a label is there from the start. */
function openCounter(registry: Registry, name: string, { help, label }: MeterEntry): Map<string, number> {
  const byLabel = new Map<string, number>();
  if (label === undefined) byLabel.set('', 0);
  new Counter({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [key, value] of byLabel) {
        if (label === undefined) this.inc(value);
        else this.inc({ [label]: key }, value);
      }
    },
  });
  return byLabel;
}
