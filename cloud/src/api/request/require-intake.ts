// Only a process with a bridge has a way into the log, and to the gateways.
import type { Intake } from '../../bridge/intake.ts';
import { ApiProblem } from '../http/problem.ts';

/** @throws ApiProblem NO_BRIDGE where this process has none */
export function requireIntake(intake: Intake | undefined): Intake {
  if (intake === undefined) throw noBridge();
  return intake;
}

export function noBridge(): ApiProblem {
  return new ApiProblem(
    'NO_BRIDGE',
    'This process has no bridge: it cannot write to the log, and reaches no gateway. Ask a process that has the roles api and bridge.',
  );
}
