// An API that holds what a test plants, so that the comparer is seen to find it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiReading } from './compare.ts';

export interface Planted {
  readonly readings?: readonly ApiReading[];
  /** Rows of the export; those of the readings unless told. */
  readonly rows?: readonly string[];
  readonly sensors?: readonly object[];
  readonly metrics?: string;
}

/** Answers what `planted` says at the time of the request. */
export async function openPlantedApi(
  planted: () => Planted,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { readings = [], rows = readings.map(rowOf), sensors = [], metrics = '' } = planted();
    const { pathname, searchParams } = new URL(request.url!, 'http://any');
    if (pathname === '/metrics') response.end(metrics);
    else if (pathname === '/api/v1/sensors') response.end(JSON.stringify({ sensors }));
    else if (searchParams.get('format') === 'csv')
      response.end(['measuredAt,origin,seq,water_level', ...rows, ''].join('\r\n'));
    else response.end(JSON.stringify({ readings, next: null }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The reading of a sensor with one property; `at` counts hours. */
export function planted(seq: number, at: number, value: number): ApiReading {
  return { origin: 'o1', seq, measuredAt: isoAt(at), values: { water_level: value } };
}

export function timeAt(at: number): number {
  return Date.UTC(2026, 0, 1, at);
}

export function isoAt(at: number): string {
  return new Date(timeAt(at)).toISOString();
}

function rowOf({ measuredAt, origin, seq, values }: ApiReading): string {
  return [measuredAt, origin, seq, values.water_level].join();
}
