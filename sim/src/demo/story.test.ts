import { expect, it } from 'vitest';
import { playStory } from './story.ts';

const soon = { cutAfterMs: 1, cutForMs: 1 };

/** Plays the story; `touchAt` is what has just happened when the visitor presses a key. */
async function play(touchAt?: 'start' | 'cut', signal = new AbortController().signal): Promise<string[]> {
  const happened: string[] = [];
  let isUntouched = touchAt !== 'start';
  const note = (what: string) => {
    happened.push(what);
    if (what === touchAt) isUntouched = false;
  };
  const stage = {
    isUntouched: () => isUntouched,
    cut: () => note('cut'),
    restore: () => note('restore'),
    say: () => undefined,
  };
  await playStory(stage, signal, soon);
  return happened;
}

it('cuts the uplink once and restores it', async () => {
  expect(await play()).toEqual(['cut', 'restore']);
});

it('leaves the uplink to a visitor who has pressed a key, before the cut or during it', async () => {
  expect(await play('start')).toEqual([]);
  expect(await play('cut')).toEqual(['cut']);
});

it('does nothing more when the demo is over', async () => {
  expect(await play(undefined, AbortSignal.abort())).toEqual([]);
});
