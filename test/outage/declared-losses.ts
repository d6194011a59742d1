// What a gateway has given up as lost, by its own word. Where no disk is damaged and no room is short there is none.
import type { SensorsAnswer } from '../../cloud/src/api/answer/answers.ts';
import { getJson } from '../harness/program.ts';

export interface DeclaredLoss {
  readonly saidBy: 'the gateway’s log' | 'the cloud';
  readonly sensor: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  readonly evidence: string;
}

const counter = 'wellhead_edge_readings_lost_total';

export function lossInLogLine(line: string): DeclaredLoss | undefined {
  if (!line.includes('"readings are lost"')) return undefined;
  const { sensor, from, to, reason, evidence } = JSON.parse(line) as DeclaredLoss;
  return { saidBy: 'the gateway’s log', sensor, from, to, reason, evidence };
}

/** Holes of every kind: when everything has been delivered, one that is only on request is a loss too. */
export function missingInCloud({ sensors }: SensorsAnswer): DeclaredLoss[] {
  return sensors.flatMap(({ sensor, origins }) =>
    origins.flatMap(({ origin, missing }) =>
      missing.map(({ from, to, state, reason }) => ({
        saidBy: 'the cloud' as const,
        sensor,
        from,
        to,
        reason: reason ?? 'none given',
        evidence: `${state}, origin ${origin}`,
      })),
    ),
  );
}

/** @throws where the counter is not there: then nobody knows whether anything was lost. */
export function lostInMetrics(text: string): number {
  const value = new RegExp(`^${counter} (\\d+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`/metrics of the gateway has no ${counter}`);
  return Number(value);
}

export function describeLoss({ saidBy, sensor, from, to, reason, evidence }: DeclaredLoss): string {
  return `${sensor}: ${from} to ${to} declared lost by ${saidBy}: ${reason} (${evidence})`;
}

/** One gateway, in all the lives that it has between two kills. */
export class DeclaredLosses {
  readonly #healthUrl: string;
  readonly #onLoss: (loss: DeclaredLoss) => void;
  readonly #said: DeclaredLoss[] = [];
  #counted = 0;

  constructor(healthUrl: string, onLoss: (loss: DeclaredLoss) => void) {
    this.#healthUrl = healthUrl;
    this.#onLoss = onLoss;
  }

  readonly onLogLine = (line: string): void => {
    const loss = lossInLogLine(line);
    if (loss === undefined) return;
    this.#said.push(loss);
    this.#onLoss(loss);
  };

  /** A life of the gateway ends, and its counters with it. */
  async beforeKill(): Promise<void> {
    const response = await fetch(`${this.#healthUrl}/metrics`);
    this.#counted += lostInMetrics(await response.text());
  }

  /** After the last life: how many readings, by whoever names most, and what was said of them. */
  async all(apiUrl: string): Promise<{ readonly readings: number; readonly lines: readonly string[] }> {
    await this.beforeKill();
    const missing = missingInCloud(await getJson<SensorsAnswer>(`${apiUrl}/api/v1/sensors`));
    const [said, missed] = [sum(this.#said), sum(missing)];
    const lines = [...this.#said, ...missing].map(describeLoss);
    if (this.#counted !== said)
      lines.push(`the gateway’s log names ${said} lost readings, its ${counter} ${this.#counted}`);
    return { readings: Math.max(this.#counted, said, missed), lines };
  }
}

function sum(losses: readonly DeclaredLoss[]): number {
  return losses.reduce((total, { from, to }) => total + to - from + 1, 0);
}
