#!/usr/bin/env node
// The command line of the simulator.
import { registerBorehole } from './command/borehole.ts';
import { registerDemo } from './command/demo.ts';
import { registerDevice } from './command/device.ts';
import { registerReplay } from './command/replay.ts';
import { createProgram } from './program.ts';

const program = createProgram();
registerReplay(program);
registerBorehole(program);
registerDevice(program);
registerDemo(program);
await program.parseAsync();
