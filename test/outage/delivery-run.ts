// The run itself, in a process of its own: verify-delivery.ts starts it, hears of it, and outlives it.

import { describeLoss } from './declared-losses.ts';
import { type DeliveryReport, type Stage, verifyDelivery } from './delivery.ts';
import type { DeliverySettings } from './delivery-settings.ts';
import type { Station, StationReports } from './station.ts';

export type RunMessage =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'loss'; readonly text: string }
  | { readonly kind: 'report'; readonly report: DeliveryReport }
  | { readonly kind: 'broken'; readonly reason: string };

const tell = (message: RunMessage) => new Promise((resolve) => process.send!(message, resolve));

async function breakOff(what: string, error: unknown): Promise<never> {
  const text = error instanceof Error ? error.message : String(error);
  const places = (error instanceof Error && error.stack?.match(/^ {4}at .*$/gm)) || [];
  await tell({ kind: 'broken', reason: [`${what}${text}`, ...places].join('\n') });
  process.exit(1);
}
process.on('uncaughtException', (error) => void breakOff('an exception that nobody caught: ', error));
process.on('unhandledRejection', (error) => void breakOff('a rejection that nobody handled: ', error));
// Without whoever listens there is nothing to go on for.
process.on('disconnect', () => process.exit(1));

async function openEngines(sensors: readonly string[], reports: StationReports): Promise<Station> {
  const { openEngineStation } = await import('./engine-station.ts');
  const station = await openEngineStation(sensors, reports);
  if ('missing' in station) throw new Error(station.missing);
  return station;
}

const { seed, killsEach, engines } = JSON.parse(process.argv[2]!) as DeliverySettings;
try {
  const report = await verifyDelivery({
    seed,
    killsEach,
    ...(engines ? { open: openEngines } : {}),
    onStage: (stage) => void tell({ kind: 'stage', stage }),
    onLoss: (loss) => void tell({ kind: 'loss', text: describeLoss(loss) }),
  });
  await tell({ kind: 'report', report });
  process.exit(0);
} catch (error) {
  await breakOff('', error);
}
