// Reads the cloud's counters and gauges: lines of `wellhead_cloud_name{label="value"} number`, as Prometheus takes
// them. Here they go by the name behind the prefix.

export interface Sample {
  readonly name: string;
  /** Value of its one label; empty where it has none. */
  readonly label: string;
  readonly value: number;
}

const line = /^wellhead_cloud_([a-z_0-9]+)(?:\{[a-z_]+="([^"]*)"\})? ([-+0-9.eE]+)$/;

/** Lines that are anything else are left out. */
export function readMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((row) => {
    const [, name, label = '', value] = line.exec(row) ?? [];
    return name === undefined ? [] : [{ name, label, value: Number(value) }];
  });
}

export function sampleOf(samples: readonly Sample[], name: string): number | undefined {
  return samples.find((sample) => sample.name === name)?.value;
}

/** Help texts by name. */
export function readHelp(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^# HELP wellhead_cloud_(\S+) (.+)$/gm)].map(([, name, help]) => [name!, help!]),
  );
}
