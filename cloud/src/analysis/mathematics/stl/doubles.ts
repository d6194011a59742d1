/**
 * A plain array of doubles, all 0, for the inner loops of the decomposition. There, typed arrays cost up to a
 * third more in a program that has ever passed a buffer to a worker: from then on V8 asks at each access whether
 * the buffer is still there.
 */
export function zeros(count: number): number[] {
  // A first value that is no small integer makes it an array of doubles from the start.
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) numbers.push(0.5);
  return numbers.fill(0);
}
