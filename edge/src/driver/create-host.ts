// What drivers are given of this gateway.
import type { GatewayBase } from '../health/base.ts';
import type { Checkpoints } from '../reading/checkpoints.ts';
import type { Intake } from '../reading/intake-port.ts';
import type { SourceHost } from '../reading/sensor-driver.ts';

export function createDriverHost(
  { logger, meters, now }: GatewayBase,
  intake: Intake,
  checkpoints: Checkpoints,
): SourceHost {
  let worstLateMs = 0;
  meters.gauge('poll_lateness_worst_seconds', () => worstLateMs / 1000);
  return {
    intake,
    checkpoints,
    now,
    random: Math.random,
    count: meters.add,
    say: (level, facts, text) => logger[level](facts, text),
    late: (ms) => {
      worstLateMs = Math.max(worstLateMs, ms);
    },
  };
}
