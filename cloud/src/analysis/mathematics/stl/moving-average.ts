/**
 * Means of `width` neighbouring values: `count` values in, `count - width + 1` means out.
 * The sum is carried along, so the cost does not depend on the width.
 */
export function averageMoving(values: number[], count: number, width: number, means: number[]): void {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += values[i]!;
  means[0] = sum / width;
  for (let i = width; i < count; i++) {
    sum = sum - values[i - width]! + values[i]!;
    means[i - width + 1] = sum / width;
  }
}
