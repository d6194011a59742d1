// How much each value counts in the next round of STL: the farther off, the less.
import { sumOfMiddle } from '../partial-sort.ts';

const edgeShare = 0.001;

/**
 * Bisquare weights of the residuals: 1 near 0, 0 beyond six median absolute residuals (STL paper, section 2.4).
 * `scratch` has the length of the residuals and is overwritten.
 */
export function weighResiduals(residuals: number[], weights: number[], scratch: number[]): void {
  const n = residuals.length;
  for (let i = 0; i < n; i++) scratch[i] = Math.abs(residuals[i]!);
  const limit = 3 * sumOfMiddle(scratch);
  const inner = edgeShare * limit;
  const outer = (1 - edgeShare) * limit;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(residuals[i]!);
    const share = size / limit;
    const rest = 1 - share * share;
    weights[i] = size <= inner ? 1 : size <= outer ? rest * rest : 0;
  }
}
