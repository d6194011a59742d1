import { Counter, Gauge, Registry } from 'prom-client';

/**
 * Named counters and gauges of one program. Every loss, drop and refusal has one; counting is a plain
 * addition, and the Prometheus text is made only when somebody asks.
 */
export interface Meters<Name extends string> {
  /** `label` tells reasons apart where the counter's entry names a label. */
  add(name: Name, amount?: number, label?: string): void;
  /** The sum over all labels. */
  value(name: Name): number;
  /** All counters and gauges as plain numbers, for status messages. */
  snapshot(): Record<string, number>;
  gauge(name: string, help: string, read: () => number): void;
  /** Prometheus text format, version 0.0.4. */
  text(): Promise<string>;
}

export interface CounterEntry {
  readonly help: string;
  readonly label?: string;
}

export function openMeters<const Catalogue extends Readonly<Record<string, CounterEntry>>>(
  catalogue: Catalogue,
): Meters<Extract<keyof Catalogue, string>> {
  const registry = new Registry();
  const counts = new Map<string, Map<string, number>>();
  const gauges = new Map<string, () => number>();
  for (const [name, { help, label }] of Object.entries<CounterEntry>(catalogue)) {
    const byLabel = new Map<string, number>();
    if (label === undefined) byLabel.set('', 0);
    counts.set(name, byLabel);
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
  }
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
      for (const [name, read] of gauges) all[name] = read();
      return all;
    },
    gauge(name, help, read) {
      gauges.set(name, read);
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    text: () => registry.metrics(),
  };
}
