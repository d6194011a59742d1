// Numbers with as many decimals as the instrument shows, so that columns do not jump.

export function decimalsOf(resolution: number | undefined): number | undefined {
  if (resolution === undefined) return undefined;
  return Math.max(0, Math.min(10, -Math.floor(Math.log10(resolution) + 1e-9)));
}

/** Never hides what was said: a value finer than the resolution keeps its own digits. */
export function formatValue(value: unknown, resolution: number | undefined): string {
  if (value === null || value === undefined) return 'no value';
  if (typeof value !== 'number') return String(value);
  const decimals = decimalsOf(resolution);
  if (decimals === undefined) return trim(value);
  const fixed = value.toFixed(decimals);
  return Math.abs(Number(fixed) - value) < 10 ** -decimals * 1e-6 ? fixed : trim(value);
}

function trim(value: number): string {
  return String(Number(value.toPrecision(7)));
}

/** 1,234,567 with thin spaces, as in scientific print. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}
