// Only a process with a bridge has a way into the log.
import type { Intake } from '../bridge/intake.ts';
import { ApiProblem } from './problem.ts';

/** @throws ApiProblem NO_BRIDGE where this process has none */
export function requireIntake(intake: Intake | undefined): Intake {
  if (intake !== undefined) return intake;
  throw new ApiProblem(
    'NO_BRIDGE',
    'This process has no bridge and cannot write to the log. Ask a process that has the roles api and bridge.',
  );
}
