// The demo: the real programs as processes, fed by simulated boreholes, for anybody to watch and to disturb.
import { setTimeout as wait } from 'node:timers/promises';
import { showProgress } from '../progress.ts';
import { annotate } from './annotate.ts';
import { askPrograms } from './ask-programs.ts';
import { BoreholeFeed } from './borehole-feed.ts';
import { boreholes, ownBorehole } from './configs.ts';
import { openScreen, type Screen } from './screen.ts';
import { type StartedDemo, startDemo } from './start-demo.ts';
import { loadDemoState, saveDemoState } from './state.ts';
import { playStory } from './story.ts';

export interface DemoOptions {
  readonly folder: string;
  /** Wanted port of the dashboard. */
  readonly port: number;
  /** Days of history that are there before it goes on live. */
  readonly days: number;
  /** Ends by itself after so many seconds of live running. */
  readonly forSeconds?: number;
}

const standingEveryMs = 1_000;

/** What the demo shows on, what it shows, and what ends it. */
interface Play {
  readonly screen: Screen;
  readonly demo: StartedDemo;
  readonly feed: BoreholeFeed;
  readonly startAt: number;
  readonly over: AbortController;
}

/** Runs until the signal, `q`, or the time is up; everything it started is stopped in order then. */
export async function runDemo(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const { folder, days, port } = options;
  const screen = openScreen(process.stdout);
  const state = loadDemoState(folder, days, Date.now());
  const over = new AbortController();
  signal.addEventListener('abort', () => over.abort(), { once: true });

  const demo = await startDemo({ folder, port, screen, quit: () => over.abort() });
  const brokerUrl = `mqtt://127.0.0.1:${demo.ports.sensorBroker}`;
  const feed = new BoreholeFeed({ brokerUrl, state, signal: over.signal });
  const keeping = setInterval(() => saveDemoState(folder, state), standingEveryMs);
  try {
    await play({ screen, demo, feed, startAt: state.startAt, over }, options);
  } finally {
    over.abort();
    clearInterval(keeping);
    screen.end();
    screen.say('Stopping the gateway and the cloud …');
    await demo.started.stop();
    saveDemoState(folder, state);
    screen.say(`All readings are in ${folder}; \`npm start\` goes on where this run ended.`);
  }
}

async function play(parts: Play, { days, forSeconds }: DemoOptions): Promise<void> {
  const { screen, demo, feed, startAt, over } = parts;
  const { signal } = over;
  const isNew = await fillIn(parts, days);
  if (signal.aborted) return;
  screen.say(welcome(demo.ports));
  const standing = showStanding(parts, forSeconds);
  const { disturber, ports } = demo;
  const story =
    isNew &&
    playStory(
      {
        isUntouched: () => disturber.isUntouched,
        cut: () => disturber.setUplink(true),
        restore: () => disturber.setUplink(false),
        say: (text) => screen.say(text),
      },
      signal,
    );
  const written = isNew && annotate({ address: `http://127.0.0.1:${ports.http}`, startAt }, signal);
  await feed.goOn();
  await Promise.all([standing, story, written]);
}

/** Whether there was any history to fill in. */
async function fillIn({ screen, feed }: Play, days: number): Promise<boolean> {
  const steps = days * 24;
  const missing = feed.missingOf(steps);
  if (missing === 0) {
    screen.say('Going on where the last run ended.');
    return false;
  }
  screen.say(`Filling in ${days} days of history of ${boreholes.length} boreholes:`);
  const { counts } = feed;
  const progress = showProgress({
    stream: process.stdout,
    done: 'kept by the gateway',
    sample: () => ({ part: counts.published, total: missing, readings: counts.acknowledged }),
  });
  try {
    await feed.fillIn(steps);
  } finally {
    progress.stop();
  }
  return true;
}

/** Shows how things stand until it is over, and ends it when the time is up. */
async function showStanding({ screen, demo, feed, over }: Play, forSeconds?: number): Promise<void> {
  const { gateway, cloud, disturber, ports } = demo;
  const started = performance.now();
  while (!over.signal.aborted) {
    screen.show({
      ...feed.counts,
      ...(await askPrograms(ports.http, ports.gatewayHealth)),
      uplink: disturber.isCut ? 'cut' : 'up',
      gateway: gateway.running,
      cloud: cloud.running,
    });
    if (forSeconds !== undefined && performance.now() - started >= forSeconds * 1000) over.abort();
    await wait(standingEveryMs, undefined, { signal: over.signal }).catch(() => undefined);
  }
}

function welcome({ http, sensorBroker, control }: StartedDemo['ports']): string {
  return `
  Dashboard   http://127.0.0.1:${http}
  API         http://127.0.0.1:${http}/api/v1/sensors
  Sensors     mqtt://127.0.0.1:${sensorBroker}, topic sensors/${ownBorehole.id} for readings of your own

Two boreholes go on at an hour a second. Disturb them, and see that nothing is lost:
  u   cut or restore the uplink        curl -X POST http://127.0.0.1:${control}/uplink
  g   kill -9 the gateway              curl -X POST http://127.0.0.1:${control}/kill-gateway
  c   kill -9 the cloud                curl -X POST http://127.0.0.1:${control}/kill-cloud
  q   stop (Ctrl-C does the same)      curl -X POST http://127.0.0.1:${control}/quit
`;
}
