// Earlier, later, closer, wider: every part of the record without dragging.
import { type Span, type Step, stepRange } from '../../page/step-range.ts';

const steps: readonly (readonly [Step, string, string])[] = [
  ['earlier', 'Earlier', 'M9 2L4 7L9 12'],
  ['later', 'Later', 'M5 2L10 7L5 12'],
  ['closer', 'Zoom in', 'M7 2V12M2 7H12'],
  ['wider', 'Zoom out', 'M2 7H12'],
];

export interface StepButtonsProps {
  readonly shown: Span;
  readonly whole: Span;
  readonly cursor: number | undefined;
  readonly onZoom: (from: number, to: number) => void;
}

export function StepButtons({ shown, whole, cursor, onZoom }: StepButtonsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div class="steps" role="group" aria-label="Move and zoom">
      {steps.map(([step, label, shape]) => {
        const next = stepRange(step, shown, whole, cursor);
        return (
          <button
            key={step}
            type="button"
            aria-label={label}
            title={label}
            disabled={next === undefined}
            onClick={() => next && onZoom(next.from, next.to)}
          >
            <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
              <path d={shape} />
            </svg>
          </button>
        );
      })}
    </div>
  );
}
