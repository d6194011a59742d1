/** @throws TypeError where a caller asks for no whole number of things from 1 */
export function mustBeLimit(limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new TypeError('limit is a whole number from 1');
}
