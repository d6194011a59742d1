// What a visitor sees happen without touching anything: the uplink breaks, and what it held back arrives afterwards.
import { setTimeout as wait } from 'node:timers/promises';

export interface StoryTimes {
  readonly cutAfterMs: number;
  readonly cutForMs: number;
}

/** The demo's time runs an hour a second: a third of a day is missing, and then is not. */
const usualTimes: StoryTimes = { cutAfterMs: 15_000, cutForMs: 8_000 };

export interface StoryStage {
  /** False from the moment on that the visitor does something: then the stage is theirs. */
  readonly isUntouched: () => boolean;
  readonly cut: () => void;
  readonly restore: () => void;
  readonly say: (text: string) => void;
}

/** Cuts the uplink once and restores it; ends at once, with the uplink whole, when the signal comes. */
export async function playStory(
  { isUntouched, cut, restore, say }: StoryStage,
  signal: AbortSignal,
  { cutAfterMs, cutForMs }: StoryTimes = usualTimes,
): Promise<void> {
  const pause = (ms: number) => wait(ms, undefined, { signal }).catch(() => undefined);
  await pause(cutAfterMs);
  if (signal.aborted || !isUntouched()) return;
  cut();
  say('The uplink broke, as uplinks do: see the readings wait in the gateway.');
  await pause(cutForMs);
  // A visitor who has pressed u meanwhile has the uplink in hand.
  if (!isUntouched()) return;
  restore();
  if (!signal.aborted)
    say('It is back: what waited fills its gap in the charts, marked as arrived afterwards.');
}
