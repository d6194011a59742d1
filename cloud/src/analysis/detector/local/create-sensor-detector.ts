import type { DetectedEvent } from '../../event/event.ts';
import type { DetectionSettings, SensorDetector } from '../sensor-detector.ts';

/** Events where a value is far from the median of the latest 48. */
export function createSensorDetector({ properties }: DetectionSettings): SensorDetector {
  const recent = properties.map((): number[] => []);
  const found: DetectedEvent[] = [];
  return {
    push(time, values) {
      properties.forEach(({ name }, p) => {
        const value = values[p]!;
        if (Number.isNaN(value)) return;
        const past = recent[p]!;
        const sorted = past.toSorted((a, b) => a - b);
        const middle = sorted[sorted.length >> 1] ?? value;
        const scatter =
          (sorted[Math.floor(0.75 * sorted.length)] ?? value) - (sorted[sorted.length >> 2] ?? value);
        const score = Math.abs(value - middle) / (10 * scatter + 0.05 * Math.abs(middle) + 1e-9);
        if (past.length >= 24 && score > 1) {
          found.push({
            ...{
              kind: 'process',
              cause: 'spike',
              properties: [name],
              value,
              expected: middle,
              score,
              evidence: [],
            },
            ...{ start: time, peak: time, end: time, decidedAt: time },
          });
        }
        past.push(value);
        if (past.length > 48) past.shift();
      });
    },
    events: () => found,
  };
}
