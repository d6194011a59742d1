// Counts as bars, with their numbers beside them.
import { formatCount } from '../../format/number.ts';

interface BarsProps {
  readonly counts: readonly { readonly label: string; readonly readings: number }[];
  readonly unit: string;
}

export function Bars({ counts, unit }: BarsProps) {
  const most = Math.max(1, ...counts.map(({ readings }) => readings));
  return (
    <table class="bars">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Delay</th>
          <th scope="col">{unit}</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {counts.map(({ label, readings }) => (
          <tr key={label}>
            <th scope="row" class="nowrap">
              {label}
            </th>
            <td class="number">
              {formatCount(readings)} {unit}
            </td>
            <td class="bar-cell">
              <svg width="100%" height="12" aria-hidden="true">
                <rect class="bar" width={`${(100 * readings) / most}%`} height="12" rx="2" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
