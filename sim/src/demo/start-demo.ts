// The parts of the demo, started in the order the data flows: bad link, cloud, gateway, what the watcher presses.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLink } from '../network/link.ts';
import { writeConfigs } from './configs.ts';
import { openControl, readKeys } from './control.ts';
import { Disturber } from './disturb.ts';
import { anyFreePort, freePortFrom } from './ports.ts';
import { type SupervisedProgram, superviseProgram } from './program.ts';
import type { Screen } from './screen.ts';
import { type Started, startInOrder } from './started.ts';

const usualSensorPort = 1884;

export interface StartedDemo {
  /** Ports of this machine. */
  readonly ports: {
    readonly http: number;
    readonly sensorBroker: number;
    readonly gatewayHealth: number;
    readonly control: number;
  };
  readonly gateway: SupervisedProgram;
  readonly cloud: SupervisedProgram;
  readonly disturber: Disturber;
  readonly started: Started;
}

export interface StartOptions {
  readonly folder: string;
  /** Wanted port of the dashboard. */
  readonly port: number;
  readonly screen: Screen;
  readonly quit: () => void;
}

/** Where one part cannot start, those before it are stopped. */
export function startDemo({ folder, port, screen, quit }: StartOptions): Promise<StartedDemo> {
  return startInOrder(async (started) => {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const http = await freePortFrom(port);
    if (http !== port) screen.say(`Port ${port} is taken; the dashboard is on port ${http}.`);
    const [cloudBroker, sensorBroker, gatewayHealth] = await Promise.all([
      anyFreePort(),
      freePortFrom(usualSensorPort),
      anyFreePort(),
    ]);
    const link = await openLink({ listenPort: 0, targetPort: cloudBroker });
    started.add(() => link.close());
    const files = writeConfigs(folder, { http, cloudBroker, link: link.port, sensorBroker, gatewayHealth });

    screen.say('Starting the cloud and a gateway …');
    const onExit = (name: string) => (how: string) => screen.say(`The ${name} was ${how}.`);
    const cloud = await superviseProgram({
      name: 'cloud',
      config: files.cloud,
      logFile: join(folder, 'logs/cloud.log'),
      onExit: onExit('cloud'),
    });
    started.add(() => cloud.stop());
    const gateway = await superviseProgram({
      name: 'edge',
      config: files.edge,
      logFile: join(folder, 'logs/gateway.log'),
      onExit: onExit('gateway'),
    });
    started.add(() => gateway.stop());

    const disturber = new Disturber({ link, gateway, cloud, quit });
    const control = await openControl(disturber);
    started.add(() => control.close());
    started.add(readKeys(disturber, (text) => screen.say(text)));
    return {
      ports: { http, sensorBroker, gatewayHealth, control: control.port },
      gateway,
      cloud,
      disturber,
      started,
    };
  });
}
