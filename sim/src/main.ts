import { registerBorehole } from './command/borehole.ts';
import { registerDemo } from './command/demo.ts';
import { registerReplay } from './command/replay.ts';
import { createProgram } from './program.ts';

const program = createProgram();
registerReplay(program);
registerBorehole(program);
registerDemo(program);
await program.parseAsync();
