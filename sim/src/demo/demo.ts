// The demo: the real programs as processes, fed by simulated boreholes, for anybody to watch and to disturb.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createBorehole } from '../borehole/borehole.ts';
import { openLink } from '../network/link.ts';
import { showProgress } from '../progress.ts';
import { pace } from '../replay/pace.ts';
import { publishReadings } from '../replay/publisher.ts';
import type { SensorReading } from '../sensor-reading.ts';
import { annotate } from './annotate.ts';
import { boreholes, demoSite, ownBorehole, writeConfigs } from './configs.ts';
import { type Actions, openControl, readKeys } from './control.ts';
import { anyFreePort, freePortFrom } from './ports.ts';
import { superviseProgram } from './program.ts';
import { openScreen } from './screen.ts';
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

const hourMs = 3_600_000;
const usualSensorPort = 1884;
const liveSpeed = 3_600;
const gatewayAwayMs = 5_000;
const cloudAwayMs = 5_000;
const standingEveryMs = 1_000;

/** A step of a borehole with its number, so that progress can be kept. */
interface Step extends SensorReading {
  readonly index: number;
}

/** Runs until the signal, `q`, or the time is up; everything it started is stopped in order then. */
export async function runDemo(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const { folder, days } = options;
  const screen = openScreen(process.stdout);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const state = loadDemoState(folder, days, Date.now());
  const over = new AbortController();
  signal.addEventListener('abort', () => over.abort(), { once: true });

  const http = await freePortFrom(options.port);
  if (http !== options.port) screen.say(`Port ${options.port} is taken; the dashboard is on port ${http}.`);
  const [cloudBroker, sensorBroker, gatewayHealth] = await Promise.all([
    anyFreePort(),
    freePortFrom(usualSensorPort),
    anyFreePort(),
  ]);
  const link = await openLink({ listenPort: 0, targetPort: cloudBroker });
  const files = writeConfigs(folder, { http, cloudBroker, link: link.port, sensorBroker, gatewayHealth });

  screen.say('Starting the cloud and a gateway …');
  const onExit = (name: string) => (how: string) => screen.say(`The ${name} was ${how}.`);
  const cloud = await superviseProgram({
    name: 'cloud',
    config: files.cloud,
    logFile: join(folder, 'logs/cloud.log'),
    onExit: onExit('cloud'),
  }).catch(async (error: unknown) => {
    await link.close();
    throw error;
  });
  const gateway = await superviseProgram({
    name: 'edge',
    config: files.edge,
    logFile: join(folder, 'logs/gateway.log'),
    onExit: onExit('gateway'),
  }).catch(async (error: unknown) => {
    await Promise.all([cloud.stop(), link.close()]);
    throw error;
  });

  let isCut = false;
  let isUntouched = true;
  const setUplink = (cut: boolean) => {
    isCut = cut;
    if (cut) link.cut();
    else link.restore();
  };
  const actions: Actions = {
    toggleUplink() {
      isUntouched = false;
      setUplink(!isCut);
      return isCut
        ? 'The uplink is cut: readings gather in the gateway. Press u again to restore it.'
        : 'The uplink is restored: the gateway sends what has gathered.';
    },
    killGateway() {
      isUntouched = false;
      gateway.kill(gatewayAwayMs);
      return `kill -9 to the gateway; it comes back in ${gatewayAwayMs / 1000} s. Sensors keep what was not acknowledged.`;
    },
    killCloud() {
      isUntouched = false;
      cloud.kill(cloudAwayMs);
      return `kill -9 to the cloud; it comes back in ${cloudAwayMs / 1000} s. The gateway keeps what has no receipt.`;
    },
    quit() {
      over.abort();
      return 'Stopping …';
    },
  };
  const control = await openControl(actions);
  const stopKeys = readKeys(actions, (text) => screen.say(text));

  const counts = { published: 0, acknowledged: 0, time: state.startAt };
  const historySteps = days * 24;
  const brokerUrl = `mqtt://127.0.0.1:${sensorBroker}`;
  const publishAll = (
    steps: (
      from: number,
      borehole: ReturnType<typeof createBorehole>,
    ) => AsyncIterable<Step> | Iterable<Step>,
  ) =>
    Promise.all(
      boreholes.map(({ id, seed, profile, faults }) => {
        const borehole = createBorehole({ seed, startAt: state.startAt, profile, faults });
        return publishReadings(counted(steps(state.next[id] ?? 0, borehole), counts), {
          brokerUrl,
          sensor: id,
          window: 500,
          signal: over.signal,
          unreachableAfterMs: Number.POSITIVE_INFINITY,
          onAcknowledged: ({ index, measuredAt }) => {
            counts.acknowledged++;
            counts.time = Math.max(counts.time, measuredAt);
            state.next[id] = Math.max(state.next[id] ?? 0, index + 1);
          },
        });
      }),
    );

  const keeping = setInterval(() => saveDemoState(folder, state), standingEveryMs);
  try {
    const missing = boreholes.reduce(
      (sum, { id }) => sum + Math.max(0, historySteps - (state.next[id] ?? 0)),
      0,
    );
    if (missing > 0) {
      screen.say(`Filling in ${days} days of history of ${boreholes.length} boreholes:`);
      const progress = showProgress({
        stream: process.stdout,
        done: 'kept by the gateway',
        sample: () => ({ part: counts.published, total: missing, readings: counts.acknowledged }),
      });
      try {
        await publishAll((from, borehole) => arriving(borehole, from, historySteps));
      } finally {
        progress.stop();
      }
    } else screen.say('Going on where the last run ended.');
    if (over.signal.aborted) return;

    screen.say(welcome(http, sensorBroker, control.port));
    const started = performance.now();
    const standing = (async () => {
      while (!over.signal.aborted) {
        screen.show({
          ...counts,
          ...(await askPrograms(http, gatewayHealth)),
          uplink: isCut ? 'cut' : 'up',
          gateway: gateway.running,
          cloud: cloud.running,
        });
        if (options.forSeconds !== undefined && performance.now() - started >= options.forSeconds * 1000)
          over.abort();
        await wait(standingEveryMs, undefined, { signal: over.signal }).catch(() => undefined);
      }
    })();
    const story =
      missing > 0 &&
      playStory(
        {
          isUntouched: () => isUntouched,
          cut: () => setUplink(true),
          restore: () => setUplink(false),
          say: (text) => screen.say(text),
        },
        over.signal,
      );
    const written =
      missing > 0 && annotate({ address: `http://127.0.0.1:${http}`, startAt: state.startAt }, over.signal);
    await publishAll((from, borehole) =>
      untilNow(
        pace(arriving(borehole, from, Number.POSITIVE_INFINITY), { speed: liveSpeed, signal: over.signal }),
        over.signal,
      ),
    );
    await Promise.all([standing, story, written]);
  } finally {
    over.abort();
    clearInterval(keeping);
    screen.end();
    screen.say('Stopping the gateway and the cloud …');
    stopKeys();
    control.close();
    await gateway.stop();
    await cloud.stop();
    await link.close();
    saveDemoState(folder, state);
    screen.say(`All readings are in ${folder}; \`npm start\` goes on where this run ended.`);
  }
}

function* arriving(borehole: ReturnType<typeof createBorehole>, from: number, to: number): Generator<Step> {
  for (const { index, measuredAt, values } of borehole.readings(from)) {
    if (index >= to) return;
    yield { index, measuredAt, values: { ...values } };
  }
}

/** When the demo's time has met the present, it goes on at the pace of the present. */
async function* untilNow(steps: AsyncIterable<Step>, signal: AbortSignal): AsyncGenerator<Step> {
  for await (const step of steps) {
    for (let early = step.measuredAt - Date.now(); early > 0; early = step.measuredAt - Date.now()) {
      await wait(Math.min(early, hourMs), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
    yield step;
  }
}

async function* counted(
  steps: AsyncIterable<Step> | Iterable<Step>,
  counts: { published: number },
): AsyncGenerator<Step> {
  for await (const step of steps) {
    counts.published++;
    yield step;
  }
}

/** What gateway and cloud say of themselves; undefined while one is down. */
async function askPrograms(http: number, gatewayHealth: number) {
  const ask = async <T>(url: string): Promise<T | undefined> => {
    try {
      return (await (await fetch(url, { signal: AbortSignal.timeout(standingEveryMs) })).json()) as T;
    } catch {
      // It was killed, perhaps by the very watcher: the line at the bottom says so.
      return undefined;
    }
  };
  const [health, sensors] = await Promise.all([
    ask<{ undelivered: number }>(`http://127.0.0.1:${gatewayHealth}/health`),
    ask<{ sensors: readonly { readings: number }[] }>(
      `http://127.0.0.1:${http}/api/v1/sensors?site=${demoSite}`,
    ),
  ]);
  return {
    undelivered: health?.undelivered,
    stored: sensors?.sensors.reduce((sum, { readings }) => sum + readings, 0),
  };
}

function welcome(http: number, sensors: number, control: number): string {
  return `
  Dashboard   http://127.0.0.1:${http}
  API         http://127.0.0.1:${http}/api/v1/sensors
  Sensors     mqtt://127.0.0.1:${sensors}, topic sensors/${ownBorehole.id} for readings of your own

Two boreholes go on at an hour a second. Disturb them, and see that nothing is lost:
  u   cut or restore the uplink        curl -X POST http://127.0.0.1:${control}/uplink
  g   kill -9 the gateway              curl -X POST http://127.0.0.1:${control}/kill-gateway
  c   kill -9 the cloud                curl -X POST http://127.0.0.1:${control}/kill-cloud
  q   stop (Ctrl-C does the same)      curl -X POST http://127.0.0.1:${control}/quit
`;
}
